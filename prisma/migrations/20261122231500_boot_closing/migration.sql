-- The sweeper's last word about a gateway boot stands in each tenant's log once, whatever a pass is cut off by.
CREATE TABLE "ledger_boot_closing" (
    "tenant_id" UUID NOT NULL,
    "boot_id" UUID NOT NULL,
    "epoch" INTEGER,
    "index" BIGINT,

    CONSTRAINT "ledger_boot_closing_pkey" PRIMARY KEY ("tenant_id","boot_id"),
    CONSTRAINT "ledger_boot_closing_place" CHECK (("epoch" IS NULL) = ("index" IS NULL))
);

-- Calls of boots from before the ledger are not in it, so it must not say that each of them has its entry.
ALTER TABLE "call_intent" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "ledger_boot_closing" ("tenant_id", "boot_id")
  SELECT DISTINCT i.tenant_id, i.boot_id FROM "call_intent" i JOIN "gateway_boot" b ON b.id = i.boot_id WHERE b.swept_at IS NULL;
ALTER TABLE "call_intent" FORCE ROW LEVEL SECURITY;

ALTER TABLE "ledger_boot_closing" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ledger_boot_closing" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "ledger_boot_closing" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "ledger_boot_closing" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "ledger_boot_closing" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "ledger_boot_closing" EXECUTE FUNCTION refuse_change();
ALTER TABLE "ledger_boot_closing" ENABLE ALWAYS TRIGGER keep_row;
ALTER TABLE "ledger_boot_closing" ENABLE ALWAYS TRIGGER keep_table;
GRANT SELECT, INSERT ON "ledger_boot_closing" TO domicile_worker;
