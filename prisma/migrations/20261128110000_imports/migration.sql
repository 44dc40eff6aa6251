-- Files of calls that a person hands in. What was read of a file waits sealed and without its content until the worker
-- has recorded it; the file itself is kept nowhere.
CREATE TABLE "import_job" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_bytes" BIGINT NOT NULL,
    "mapping" JSONB,
    "dry_run" BOOLEAN NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "parts_taken" INTEGER NOT NULL DEFAULT 0,
    "bytes_taken" BIGINT NOT NULL DEFAULT 0,
    "records" INTEGER NOT NULL DEFAULT 0,
    "recorded" INTEGER NOT NULL DEFAULT 0,
    "duplicate" INTEGER NOT NULL DEFAULT 0,
    "conflict" INTEGER NOT NULL DEFAULT 0,
    "joined" INTEGER NOT NULL DEFAULT 0,
    "ignored" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "errors_kept" INTEGER NOT NULL DEFAULT 0,
    "hosts" JSONB NOT NULL DEFAULT '{}',
    "earliest" TIMESTAMPTZ(3),
    "latest" TIMESTAMPTZ(3),

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_state" CHECK ("state" IN ('receiving', 'running', 'done', 'cancelled'));
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_format" CHECK ("format" IN ('ndjson', 'csv', 'litellm'));
CREATE INDEX "import_job_newest_idx" ON "import_job" ("tenant_id", "created_at" DESC);
CREATE INDEX "import_job_open_idx" ON "import_job" ("touched_at") WHERE "state" IN ('receiving', 'running');

CREATE TABLE "import_part" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "import_part_pkey" PRIMARY KEY ("tenant_id", "import_id", "seq")
);

CREATE TABLE "import_error" (
    "tenant_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "client_id" TEXT,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "import_error_pkey" PRIMARY KEY ("tenant_id", "import_id", "line")
);

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['import_job', 'import_part', 'import_error'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE POLICY update_tenant ON %I FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE POLICY delete_tenant ON %I FOR DELETE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
END
$security$;

GRANT SELECT, INSERT ON "import_job", "import_error" TO domicile_web;
GRANT SELECT ON "import_job" TO domicile_worker;
GRANT UPDATE ("state", "touched_at", "ended_at", "parts_taken", "bytes_taken", "records", "recorded", "duplicate", "conflict",
  "joined", "ignored", "rejected", "errors_kept", "hosts", "earliest", "latest") ON "import_job" TO domicile_web, domicile_worker;
GRANT SELECT, INSERT, DELETE ON "import_part" TO domicile_web;
GRANT SELECT, DELETE ON "import_part" TO domicile_worker;
GRANT SELECT, INSERT ON "import_error" TO domicile_worker;
-- The worker records what was imported; the page says before which ids are known.
GRANT SELECT, INSERT ON "intake_key", "corroboration" TO domicile_worker;
GRANT SELECT ("project_id") ON "provider_credential" TO domicile_worker;
GRANT SELECT ON "intake_key" TO domicile_web;

CREATE TRIGGER fixed BEFORE UPDATE ON "import_job" FOR EACH ROW EXECUTE FUNCTION keep_fixed('tenant_id', 'id',
  'application_id', 'format', 'file_name', 'file_bytes', 'mapping', 'dry_run', 'started_by', 'started_by_id', 'created_at');
