-- Append-only by privilege above; by trigger here as well, so that the owner's own hand slips on it, too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% of "%" is refused: its rows are never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

DO $triggers$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['call', 'attempt', 'call_intent', 'late_outcome', 'policy_version', 'catalog_version',
    'pin', 'dimension_value', 'finding_event', 'audit_event', 'system_event']
  LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['call_default', 'attempt_default'] LOOP
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
  END LOOP;
END
$triggers$;

-- What is fixed at creation, in tables that change otherwise.
CREATE FUNCTION keep_fixed() RETURNS trigger LANGUAGE plpgsql
  AS $$
DECLARE
  field text;
BEGIN
  FOREACH field IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> field IS DISTINCT FROM to_jsonb(NEW) -> field THEN
      RAISE EXCEPTION '"%" of "%" is fixed', field, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
-- Set once: from null to a value, and then fixed.
CREATE FUNCTION set_once() RETURNS trigger LANGUAGE plpgsql
  AS $$
DECLARE
  field text;
BEGIN
  FOREACH field IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> field <> 'null'::jsonb AND to_jsonb(OLD) -> field IS DISTINCT FROM to_jsonb(NEW) -> field THEN
      RAISE EXCEPTION '"%" of "%" is set once', field, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE TRIGGER fixed BEFORE UPDATE ON "tenant" FOR EACH ROW EXECUTE FUNCTION keep_fixed('id', 'mode', 'slug');
CREATE TRIGGER fixed BEFORE UPDATE ON "gateway_key" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'application_id', 'kind', 'target', 'lookup_id', 'secret_hash');
CREATE TRIGGER once BEFORE UPDATE ON "gateway_key" FOR EACH ROW EXECUTE FUNCTION set_once('revoked_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_credential" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'sealed', 'hint', 'project_id', 'hosts');
CREATE TRIGGER once BEFORE UPDATE ON "provider_credential" FOR EACH ROW EXECUTE FUNCTION set_once('revoked_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "session" FOR EACH ROW EXECUTE FUNCTION keep_fixed('id', 'person_id', 'token_hash', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "session" FOR EACH ROW EXECUTE FUNCTION set_once('revoked_at');
CREATE TRIGGER once BEFORE UPDATE ON "deployment" FOR EACH ROW EXECUTE FUNCTION set_once('master_key_fingerprint');
CREATE TRIGGER once BEFORE UPDATE ON "gateway_boot" FOR EACH ROW EXECUTE FUNCTION set_once('ended_at', 'fenced_at', 'swept_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "finding" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'group_key', 'cause', 'host', 'model', 'application_id', 'basis', 'simulated');

-- Three months back and twelve ahead. The worker keeps months ahead; the recording verb makes older ones it needs.
SELECT create_call_months(now() - interval '3 months', now() + interval '395 days');
