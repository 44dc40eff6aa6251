-- Filters of Calls that a person keeps under a name, for himself or for everybody of the tenant. No evidence: it may be
-- renamed and deleted; each change is an event. No foreign key to people.
CREATE TABLE "call_view" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL,
    "query" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_view_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "call_view_name" CHECK (char_length("name") BETWEEN 1 AND 60),
    CONSTRAINT "call_view_query" CHECK (char_length("query") <= 8000)
);
CREATE UNIQUE INDEX "call_view_name_key" ON "call_view"("tenant_id", "person_id", "name");
ALTER TABLE "call_view" ADD CONSTRAINT "call_view_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "call_view" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "call_view" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "call_view" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "call_view" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "call_view" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()));
CREATE POLICY delete_tenant ON "call_view" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));
GRANT SELECT, INSERT, UPDATE ("name", "shared"), DELETE ON "call_view" TO domicile_web;
