-- What recording a call costs, further (docs/decisions/0013-what-reported-calls-cost.md).
--
-- A call is of an application of its tenant: looked at once per statement, as attempts are. A foreign key looks and locks
-- once per row. Applications are never deleted.
ALTER TABLE "call" DROP CONSTRAINT "call_tenant_id_application_id_fkey";

CREATE FUNCTION calls_have_applications() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
DECLARE
  lost uuid;
BEGIN
  SELECT c.application_id INTO lost
    FROM (SELECT DISTINCT tenant_id, application_id FROM added) c
   WHERE NOT EXISTS (SELECT 1 FROM application a WHERE a.tenant_id = c.tenant_id AND a.id = c.application_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'a call of application %, which is not there', lost USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER of_applications AFTER INSERT ON "call" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION calls_have_applications();

-- The claims of a call with one attempt are that attempt's; they are kept once, with the call.
ALTER TABLE "attempt" ALTER COLUMN "claims" DROP NOT NULL;
