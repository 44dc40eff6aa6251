-- Report packs: what is wanted, what was built, by which plan it is built again, who took it away; and the signature under
-- a pack, asked for by the worker and given by the signer.
CREATE TABLE "report" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "epoch" INTEGER NOT NULL,
    "filter" JSONB NOT NULL,
    "filter_words" TEXT NOT NULL,
    "counted" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" UUID,
    "requested_name" TEXT NOT NULL,
    "schedule_id" UUID,
    "cancel_wanted_at" TIMESTAMPTZ(3),
    "fence" BIGINT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "entries_total" BIGINT,
    "entries_done" BIGINT NOT NULL DEFAULT 0,
    "bytes_done" BIGINT NOT NULL DEFAULT 0,
    "problem" TEXT,
    "origin" TEXT,
    "range_from" BIGINT,
    "range_to" BIGINT,
    "signed_at" TIMESTAMPTZ(3),
    "final" BOOLEAN,
    "calls" BIGINT,
    "name" TEXT,
    "bytes" BIGINT,
    "sha256" BYTEA,
    "files" JSONB,
    "supersedes" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "report_state" CHECK ("state" IN ('queued', 'building', 'signing', 'ready', 'failed', 'cancelled')),
    CONSTRAINT "report_period" CHECK ("period_from" < "period_to"),
    CONSTRAINT "report_range" CHECK ("range_from" >= 0 AND "range_to" >= "range_from"),
    CONSTRAINT "report_problem" CHECK ("problem" ~ '^[a-z_]{1,64}$'),
    CONSTRAINT "report_ready" CHECK ("state" <> 'ready' OR ("origin" IS NOT NULL AND "range_from" IS NOT NULL AND "range_to" IS NOT NULL
      AND "signed_at" IS NOT NULL AND "final" IS NOT NULL AND "calls" IS NOT NULL AND "name" IS NOT NULL AND "bytes" IS NOT NULL
      AND "sha256" IS NOT NULL AND "files" IS NOT NULL AND "expires_at" IS NOT NULL)),
    CONSTRAINT "report_failed" CHECK (("state" = 'failed') = ("problem" IS NOT NULL))
);
CREATE INDEX "report_list_idx" ON "report" ("tenant_id", "requested_at", "id");
CREATE INDEX "report_open_idx" ON "report" ("tenant_id", "requested_at") WHERE state IN ('queued', 'building', 'signing');

CREATE TABLE "report_chunk" (
    "tenant_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "report_chunk_pkey" PRIMARY KEY ("tenant_id","report_id","n"),
    CONSTRAINT "report_chunk_bytes" CHECK (octet_length("bytes") BETWEEN 1 AND 1048576)
);
-- A pack is stored as it is read: in pieces, and its entries do not get smaller.
ALTER TABLE "report_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

CREATE TABLE "report_schedule" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "every" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "filter_words" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_schedule_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "report_schedule_every" CHECK ("every" IN ('monthly', 'quarterly'))
);

CREATE TABLE "report_link" (
    "tenant_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "report_id" UUID NOT NULL,
    "file" TEXT,
    "person_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_link_pkey" PRIMARY KEY ("tenant_id","token_hash"),
    CONSTRAINT "report_link_token" CHECK (octet_length("token_hash") = 32)
);

CREATE TABLE "pack_signature_request" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "manifest" BYTEA NOT NULL,
    "manifest_sha256" BYTEA NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pack_signature_request_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "pack_signature_request_manifest" CHECK (octet_length("manifest") BETWEEN 1 AND 4194304 AND "manifest_sha256" = sha256("manifest"))
);
CREATE INDEX "pack_signature_request_manifest_idx" ON "pack_signature_request" ("tenant_id", "manifest_sha256");

CREATE TABLE "pack_signature" (
    "tenant_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "refusal" TEXT,

    CONSTRAINT "pack_signature_pkey" PRIMARY KEY ("tenant_id","request_id"),
    CONSTRAINT "pack_signature_answer" CHECK (("note" IS NULL) <> ("refusal" IS NULL))
);

ALTER TABLE "report_chunk" ADD CONSTRAINT "report_chunk_tenant_id_report_id_fkey"
  FOREIGN KEY ("tenant_id", "report_id") REFERENCES "report"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "report_link" ADD CONSTRAINT "report_link_tenant_id_report_id_fkey"
  FOREIGN KEY ("tenant_id", "report_id") REFERENCES "report"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "pack_signature" ADD CONSTRAINT "pack_signature_tenant_id_request_id_fkey"
  FOREIGN KEY ("tenant_id", "request_id") REFERENCES "pack_signature_request"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['report', 'report_chunk', 'report_schedule', 'report_link', 'pack_signature_request', 'pack_signature']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['report', 'report_schedule', 'report_link'] LOOP
    EXECUTE format('CREATE POLICY update_tenant ON %I FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['pack_signature_request', 'pack_signature'] LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    -- The signer answers for all logs, and belongs to none.
    EXECUTE format('CREATE POLICY signer_reads ON %I FOR SELECT TO domicile_signer USING (true)', target);
  END LOOP;
END
$security$;
-- A pack goes when its time is over, or when its building was cut short; nothing else of a report does.
CREATE POLICY delete_tenant ON "report_chunk" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));
CREATE POLICY signer_writes ON "pack_signature" FOR INSERT TO domicile_signer WITH CHECK (true);

CREATE TRIGGER fixed BEFORE UPDATE ON "report" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'period_from', 'period_to', 'epoch', 'filter', 'filter_words', 'counted', 'requested_at', 'requested_by', 'requested_name', 'schedule_id');
CREATE TRIGGER once BEFORE UPDATE ON "report" FOR EACH ROW EXECUTE FUNCTION set_once('cancel_wanted_at', 'finished_at', 'sha256', 'dropped_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "report_schedule" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'every', 'filter', 'filter_words', 'created_at', 'created_name');
CREATE TRIGGER once BEFORE UPDATE ON "report_schedule" FOR EACH ROW EXECUTE FUNCTION set_once('ended_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "report_link" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'token_hash', 'report_id', 'file', 'person_id', 'session_id', 'made_at', 'expires_at');
CREATE TRIGGER once BEFORE UPDATE ON "report_link" FOR EACH ROW EXECUTE FUNCTION set_once('used_at');

-- The web process asks, reads and hands over; the worker builds.
GRANT SELECT, INSERT ("tenant_id", "id", "period_from", "period_to", "epoch", "filter", "filter_words", "counted", "requested_at",
  "requested_by", "requested_name"), UPDATE ("cancel_wanted_at") ON "report" TO domicile_web;
GRANT SELECT ON "report_chunk" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ("ended_at") ON "report_schedule" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ("used_at") ON "report_link" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ON "report" TO domicile_worker;
GRANT SELECT, INSERT, DELETE ON "report_chunk" TO domicile_worker;
GRANT SELECT, UPDATE ("next_at") ON "report_schedule" TO domicile_worker;
GRANT SELECT, INSERT ON "pack_signature_request" TO domicile_worker;
GRANT SELECT ON "pack_signature" TO domicile_worker;
GRANT SELECT ON "pack_signature_request", "pack_signature" TO domicile_signer;
GRANT INSERT ON "pack_signature" TO domicile_signer;
