-- Up to when everything was read of an account. Where readings failed, or another key took its place, the next one begins there.
ALTER TABLE "provider_account" ADD COLUMN "read_until" TIMESTAMPTZ(3);
GRANT SELECT ("read_until") ON "provider_account" TO domicile_web;
GRANT SELECT ("read_until"), UPDATE ("read_until") ON "provider_account" TO domicile_worker;

-- A project may be several tenants': what the others recorded of it is not missing.
ALTER TABLE "usage_comparison" ADD COLUMN "elsewhere_calls" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_comparison" ALTER COLUMN "elsewhere_calls" DROP DEFAULT;

-- Which project a key is of may be said later, once.
DROP TRIGGER fixed ON "provider_credential";
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_credential" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'hint', 'hosts', 'kind', 'upstream', 'replaces');
DROP TRIGGER once ON "provider_credential";
CREATE TRIGGER once BEFORE UPDATE ON "provider_credential" FOR EACH ROW EXECUTE FUNCTION set_once('revoked_at', 'project_id');
GRANT UPDATE ("project_id") ON "provider_credential" TO domicile_web;
