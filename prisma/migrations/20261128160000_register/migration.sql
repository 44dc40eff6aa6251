-- The contracts and statements that a report prints. A change is a new version; none is ever changed.
CREATE TABLE "register_version" (
    "tenant_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_by_id" UUID,
    "event_id" UUID NOT NULL,

    CONSTRAINT "register_version_pkey" PRIMARY KEY ("tenant_id","item_id","version"),
    CONSTRAINT "register_version_number" CHECK ("version" >= 1),
    CONSTRAINT "register_version_kind" CHECK ("kind" IN ('organisation', 'system_description', 'processing_agreement', 'residency_amendment', 'retention_approval', 'transfer_mechanism', 'transfer_assessment', 'dora_arrangement')),
    CONSTRAINT "register_version_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$')
);
-- A tenant is one organisation and describes one system.
CREATE UNIQUE INDEX "register_version_single_key" ON "register_version"("tenant_id", "kind")
  WHERE "version" = 1 AND "kind" IN ('organisation', 'system_description');
ALTER TABLE "register_version" ADD CONSTRAINT "register_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "register_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "register_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "register_version" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "register_version" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "register_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "register_version" EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "register_version" TO domicile_web;
-- The worker builds reports.
GRANT SELECT ON "register_version", "audit_event" TO domicile_worker;
