-- Who administers the deployment may change, by the verbs of the web process, which leave an event each.
DROP TRIGGER fixed ON "person";
CREATE TRIGGER fixed BEFORE UPDATE ON "person" FOR EACH ROW EXECUTE FUNCTION keep_fixed('id', 'email', 'created_at');

GRANT UPDATE ("deployment_admin") ON "person" TO domicile_web;
