-- What Domicile itself asks of stored objects whose state still moves, and what an object was made from.
ALTER TABLE "resource" ADD COLUMN "asked_at" TIMESTAMPTZ(3);
ALTER TABLE "resource" ADD COLUMN "asked_call" UUID;
ALTER TABLE "resource" ADD COLUMN "ask_problem" TEXT;
ALTER TABLE "resource" ADD COLUMN "ask_failures" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "resource" ADD COLUMN "ask_after" TIMESTAMPTZ(3);
ALTER TABLE "resource" ADD COLUMN "ask_wanted_at" TIMESTAMPTZ(3);
ALTER TABLE "resource" ADD COLUMN "asking_until" TIMESTAMPTZ(3);
ALTER TABLE "resource" ADD CONSTRAINT "resource_ask_problem" CHECK (ask_problem ~ '^[a-z0-9_]{1,64}$');
ALTER TABLE "resource" ADD CONSTRAINT "resource_ask_failures" CHECK (ask_failures >= 0);
GRANT UPDATE ("asked_at", "asked_call", "ask_problem", "ask_failures", "ask_after", "asking_until") ON "resource" TO domicile_worker;
-- A person may ask for a look now; the worker looks.
GRANT UPDATE ("ask_wanted_at") ON "resource" TO domicile_web;

-- The condition is word for word that of lib/db/resource-upkeep.ts.
CREATE INDEX "resource_unsettled_idx" ON "resource" ("tenant_id", "ask_after") WHERE
  deleted_at IS NULL AND born_in IS NOT NULL AND (
    (kind = 'batch' AND ask_failures < 20 AND coalesce(status, '') NOT IN ('completed', 'failed', 'expired', 'cancelled'))
    OR (kind = 'fine_tuning_job' AND ask_failures < 20 AND coalesce(status, '') NOT IN ('succeeded', 'failed', 'cancelled'))
    OR (kind = 'vector_store' AND ask_failures < 20 AND (status = 'in_progress' OR (expires_at IS NOT NULL AND status <> 'expired')))
    OR (kind = 'file' AND ask_failures < 20 AND bytes IS NULL)
    OR (kind IN ('batch', 'fine_tuning_job', 'vector_store', 'file') AND ask_wanted_at > coalesce(asked_at, '-infinity')));
CREATE INDEX "resource_asked_idx" ON "resource" ("tenant_id", "asked_at") WHERE asked_at IS NOT NULL;
CREATE INDEX "resource_made_by_idx" ON "resource" ("tenant_id", "made_by") WHERE made_by IS NOT NULL;

CREATE TABLE "resource_source" (
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,

    CONSTRAINT "resource_source_pkey" PRIMARY KEY ("tenant_id", "kind", "object_id", "source_kind", "source_id")
);
CREATE INDEX "resource_source_made_idx" ON "resource_source" ("tenant_id", "source_kind", "source_id");
ALTER TABLE "resource_source" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "resource_source" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "resource_source" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "resource_source" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
GRANT SELECT ON "resource_source" TO domicile_web;
GRANT SELECT, INSERT ON "resource_source" TO domicile_gateway, domicile_worker;
