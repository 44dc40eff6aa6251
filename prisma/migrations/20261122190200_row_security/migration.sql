-- Who may touch what, in two layers: grants say which table and column, policies say which tenant's rows.
--
-- lib/db/with-tenant.ts sets, for one transaction, `domicile.read_tenants` (a list) and `domicile.write_tenant` (one).
-- Without them a policy sees nothing. Row security is forced: it holds for the owner, too.
-- Both functions read only settings; wrapped in a sub-select they are computed once per statement.
CREATE FUNCTION readable_tenants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(nullif(current_setting('domicile.read_tenants', true), ''), ',')::uuid[] $$;
CREATE FUNCTION writable_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('domicile.write_tenant', true), '')::uuid $$;

DO $policies$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['application', 'policy_version', 'gateway_key', 'provider_credential', 'pin', 'call',
    'attempt', 'late_outcome', 'recording_head', 'dimension_value', 'rollup_hour', 'rollup_day', 'finding',
    'finding_counter', 'finding_event', 'audit_event', 'call_intent', 'call_default', 'attempt_default']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['application', 'policy_version', 'gateway_key', 'provider_credential', 'pin', 'call',
    'attempt', 'late_outcome', 'recording_head', 'dimension_value', 'rollup_hour', 'rollup_day', 'finding',
    'finding_counter', 'finding_event', 'audit_event', 'call_intent']
  LOOP
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE POLICY update_tenant ON %I FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
END
$policies$;

-- The one exception to the helper: intents of many tenants are committed as one group, before their calls leave.
-- The gateway may insert them and can neither see nor change one.
CREATE POLICY gateway_opens ON "call_intent" FOR INSERT TO domicile_gateway WITH CHECK (true);

-- A key is looked up before its tenant is known. The gateway sees all keys; nobody else does.
CREATE POLICY gateway_finds ON "gateway_key" FOR SELECT TO domicile_gateway USING (true);
CREATE POLICY gateway_marks_use ON "gateway_key" FOR UPDATE TO domicile_gateway USING (true);

GRANT USAGE ON SCHEMA public TO domicile_web, domicile_gateway, domicile_worker;

-- Outside tenant row security: what must be known before a tenant is.
GRANT SELECT, UPDATE ("master_key_fingerprint", "config_revision") ON "deployment" TO domicile_web, domicile_worker;
GRANT SELECT, UPDATE ("master_key_fingerprint") ON "deployment" TO domicile_gateway;
GRANT SELECT ON "tenant", "catalog_version" TO domicile_web, domicile_gateway, domicile_worker;
GRANT INSERT ON "catalog_version" TO domicile_web, domicile_gateway, domicile_worker;
GRANT INSERT ON "tenant" TO domicile_web;
GRANT SELECT, INSERT ON "person", "membership" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ("last_seen_at", "revoked_at") ON "session" TO domicile_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON "login_throttle" TO domicile_web;
GRANT SELECT, INSERT ON "system_event" TO domicile_web;
GRANT INSERT ON "system_event" TO domicile_gateway, domicile_worker;
GRANT SELECT, INSERT, UPDATE ("lease_until", "ended_at") ON "gateway_boot" TO domicile_gateway;
GRANT SELECT, UPDATE ("fenced_at", "swept_at") ON "gateway_boot" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE ON "job_leader" TO domicile_worker;

-- The web process: nouns of the application, reads of the record, and no provider key.
GRANT SELECT, INSERT ON "application", "policy_version", "pin", "audit_event" TO domicile_web;
GRANT SELECT ("tenant_id", "id", "application_id", "name", "kind", "target", "lookup_id", "created_at", "last_used_at", "revoked_at"),
  INSERT, UPDATE ("revoked_at") ON "gateway_key" TO domicile_web;
GRANT SELECT ("tenant_id", "id", "label", "hint", "project_id", "hosts", "created_at", "revoked_at"),
  INSERT, UPDATE ("revoked_at") ON "provider_credential" TO domicile_web;
GRANT SELECT, INSERT ON "recording_head" TO domicile_web;
GRANT SELECT ON "call", "attempt", "late_outcome", "rollup_hour", "rollup_day", "finding_counter" TO domicile_web;
GRANT SELECT, UPDATE ("state", "resolution", "resolved_at") ON "finding" TO domicile_web;
GRANT SELECT, INSERT ON "finding_event" TO domicile_web;

-- The gateway: what it needs to plan a call, and the recording verb.
GRANT SELECT, UPDATE ("last_used_at") ON "gateway_key" TO domicile_gateway;
GRANT SELECT ON "application", "policy_version", "provider_credential", "pin" TO domicile_gateway;
GRANT INSERT ON "call_intent" TO domicile_gateway;

-- The worker: the same recording verb for what a gateway left open.
GRANT SELECT ON "call_intent", "application", "policy_version", "pin" TO domicile_worker;

GRANT SELECT, INSERT ON "call", "attempt", "late_outcome", "dimension_value", "finding_event", "audit_event" TO domicile_gateway, domicile_worker;
GRANT SELECT, INSERT, UPDATE ON "rollup_hour", "rollup_day", "finding_counter" TO domicile_gateway, domicile_worker;
GRANT SELECT, INSERT, UPDATE ("state", "resolution", "resolved_at", "severity") ON "finding" TO domicile_gateway, domicile_worker;
GRANT SELECT, UPDATE ("seq") ON "recording_head" TO domicile_gateway, domicile_worker;
