-- Ids that a dry run has met, and the digest of what was told of each, until it ends: an id may come again in any later piece.
CREATE TABLE "import_tried" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,

    CONSTRAINT "import_tried_pkey" PRIMARY KEY ("tenant_id", "import_id", "client_id")
);
ALTER TABLE "import_tried" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "import_tried" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "import_tried" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "import_tried" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY delete_tenant ON "import_tried" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));
GRANT SELECT, INSERT ON "import_tried" TO domicile_web;
GRANT SELECT, DELETE ON "import_tried" TO domicile_worker;
