-- What is claimed of where a call went is the same for most calls of a tenant, and half of a call's row: it is kept once, and
-- rows name it (docs/decisions/0020-claims-are-kept-once.md). Rows from before keep their own.
CREATE TABLE "claim_set" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "claims" JSONB NOT NULL,

    CONSTRAINT "claim_set_pkey" PRIMARY KEY ("tenant_id","id")
);

ALTER TABLE "claim_set" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "claim_set" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "claim_set" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "claim_set" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "claim_set" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()));
GRANT SELECT ON "claim_set" TO domicile_web;
GRANT SELECT, INSERT ON "claim_set" TO domicile_gateway, domicile_worker;

CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "claim_set" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "claim_set" EXECUTE FUNCTION refuse_change();

ALTER TABLE "call" ALTER COLUMN "claims" DROP NOT NULL;
ALTER TABLE "call" ADD COLUMN "claims_id" UUID;
-- NOT VALID: rows from before have claims of their own, and are not looked at one by one.
ALTER TABLE "call" ADD CONSTRAINT "call_claims" CHECK (num_nonnulls("claims", "claims_id") = 1) NOT VALID;
