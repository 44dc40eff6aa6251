-- When whoever holds a session last showed who he is: when it was opened, and each time he was asked since.
ALTER TABLE "session" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);
GRANT UPDATE ("confirmed_at") ON "session" TO domicile_web;

-- Another master key. Keys that digests are made with stay; they are kept, sealed under the new one.
ALTER TABLE "deployment" ADD COLUMN "carried_keys" BYTEA, ADD COLUMN "carried_from" TEXT;
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_carried" CHECK (("carried_keys" IS NULL) = ("carried_from" IS NULL));

-- The fingerprint is set once by whichever process starts first; only the owner of the database sets another one.
DROP TRIGGER once ON "deployment";
CREATE FUNCTION keep_fingerprint() RETURNS trigger LANGUAGE plpgsql
  AS $$
BEGIN
  IF OLD.master_key_fingerprint IS NOT NULL
     AND NEW.master_key_fingerprint IS DISTINCT FROM OLD.master_key_fingerprint
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'the fingerprint of "deployment" is fixed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fingerprint BEFORE UPDATE ON "deployment" FOR EACH ROW EXECUTE FUNCTION keep_fingerprint();

-- What is sealed is sealed anew by the owner. No process's role may update these columns.
DROP TRIGGER fixed ON "provider_credential";
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_credential" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'hint', 'project_id', 'hosts', 'kind', 'upstream', 'replaces');
DROP TRIGGER fixed ON "alert_secret";
CREATE TRIGGER fixed BEFORE UPDATE ON "alert_secret" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'destination_id', 'id', 'created_at');
DROP TRIGGER fixed ON "second_factor";
CREATE TRIGGER fixed BEFORE UPDATE ON "second_factor" FOR EACH ROW EXECUTE FUNCTION keep_fixed('id', 'person_id', 'created_at');
DROP TRIGGER fixed ON "provider_account";
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_account" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'label', 'hint', 'added_by', 'created_at', 'replaces');
