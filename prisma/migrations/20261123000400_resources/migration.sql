-- Objects that the provider keeps, and where they were born.
CREATE TABLE "resource" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "born_in" TEXT,
    "born_host" TEXT,
    "born_grade" TEXT,
    "born_at" TIMESTAMPTZ(3),
    "born_call" UUID,
    "made_by" TEXT,
    "bytes" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "uses" BIGINT NOT NULL DEFAULT 0,
    "deleted_at" TIMESTAMPTZ(3),
    "simulated" BOOLEAN NOT NULL,

    CONSTRAINT "resource_pkey" PRIMARY KEY ("tenant_id","kind","object_id")
);
CREATE INDEX "resource_newest_idx" ON "resource"("tenant_id", "first_seen_at", "kind", "object_id");
ALTER TABLE "resource" ADD CONSTRAINT "resource_born_whole" CHECK (
  (born_in IS NULL) = (born_host IS NULL) AND (born_in IS NULL) = (born_grade IS NULL)
  AND (born_in IS NULL) = (born_at IS NULL) AND (born_in IS NULL) = (born_call IS NULL));
ALTER TABLE "resource" ADD CONSTRAINT "resource_born_grade" CHECK (born_grade IN ('A', 'B', 'C', 'D', 'E'));

ALTER TABLE "resource" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "resource" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "resource" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "resource" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "resource" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()));

-- A birth is learned once, and a deletion is for ever.
CREATE TRIGGER fixed BEFORE UPDATE ON "resource" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'kind', 'object_id', 'first_seen_at', 'simulated');
CREATE TRIGGER once BEFORE UPDATE ON "resource" FOR EACH ROW
  EXECUTE FUNCTION set_once('born_in', 'born_host', 'born_grade', 'born_at', 'born_call', 'made_by', 'deleted_at');

GRANT SELECT ON "resource" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ("born_in", "born_host", "born_grade", "born_at", "born_call", "made_by", "bytes", "expires_at",
  "last_used_at", "uses", "deleted_at") ON "resource" TO domicile_gateway, domicile_worker;
