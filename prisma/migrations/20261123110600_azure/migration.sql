-- Whose API a provider key opens, and how requests are put to its one host. A key of Azure or of an admitted host goes to
-- exactly one name. Both are fixed with the key: another resource is another credential.
ALTER TABLE "provider_credential" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'openai';
ALTER TABLE "provider_credential" ADD COLUMN "upstream" JSONB;
ALTER TABLE "provider_credential" ADD COLUMN "replaces" UUID;
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_kind" CHECK ("kind" IN ('openai', 'azure', 'custom'));
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_upstream"
  CHECK (("kind" = 'openai') = ("upstream" IS NULL));
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_one_host"
  CHECK ("kind" = 'openai' OR cardinality("hosts") = 1);

DROP TRIGGER fixed ON "provider_credential";
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_credential" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'sealed', 'hint', 'project_id', 'hosts', 'kind', 'upstream', 'replaces');
GRANT SELECT ("kind", "upstream", "replaces") ON "provider_credential" TO domicile_web;
