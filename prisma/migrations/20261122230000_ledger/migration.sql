-- The ledger: one append-only log per tenant, and one of the deployment under the nil UUID.
--
-- A fork or a gap cannot be written, with or without the lock: each batch names the place where it begins, no two may
-- name the same, and it must be the end of another. Nothing here is ever changed; what expires goes by whole months.
DO $roles$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'domicile_signer') THEN
    BEGIN
      CREATE ROLE domicile_signer NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another database of this server was migrated at the same moment
    END;
  END IF;
END
$roles$;

CREATE TABLE "ledger_log" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_log_pkey" PRIMARY KEY ("tenant_id","epoch"),
    CONSTRAINT "ledger_log_epoch" CHECK ("epoch" >= 1),
    CONSTRAINT "ledger_log_origin" CHECK ("origin" ~ '^domicile\.ledger/[a-z2-7]{26}/e[1-9][0-9]{0,8}$' AND "origin" LIKE '%/e' || "epoch")
);

CREATE TABLE "ledger_batch" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "first_index" BIGINT,
    "end_index" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "frontier" BYTEA NOT NULL,
    "appended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_batch_pkey" PRIMARY KEY ("tenant_id","epoch","end_index"),
    CONSTRAINT "ledger_batch_range" CHECK (("first_index" IS NULL AND "end_index" = 0) OR ("first_index" >= 0 AND "end_index" > "first_index")),
    CONSTRAINT "ledger_batch_root" CHECK (octet_length("root") = 32),
    CONSTRAINT "ledger_batch_frontier" CHECK (octet_length("frontier") = 32 * bit_count("end_index"::bit(64)))
);

CREATE TABLE "ledger_entry" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "batch_end" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "leaf_hash" BYTEA NOT NULL,
    "appended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("tenant_id","epoch","index"),
    CONSTRAINT "ledger_entry_index" CHECK ("index" >= 0 AND "index" < "batch_end"),
    CONSTRAINT "ledger_entry_type" CHECK ("type" IN ('call', 'late_outcome', 'heartbeat', 'boot_closed', 'event', 'signer', 'epoch_opened')),
    CONSTRAINT "ledger_entry_leaf" CHECK (octet_length("leaf_hash") = 32)
);

CREATE TABLE "ledger_body" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "appended_at" TIMESTAMPTZ(3) NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ledger_body_pkey" PRIMARY KEY ("tenant_id","epoch","index","appended_at"),
    CONSTRAINT "ledger_body_bytes" CHECK (octet_length("bytes") BETWEEN 1 AND 16384)
) PARTITION BY RANGE ("appended_at");

CREATE TABLE "ledger_tile" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "level" SMALLINT NOT NULL,
    "n" BIGINT NOT NULL,
    "hashes" BYTEA NOT NULL,
    "root" BYTEA NOT NULL,

    CONSTRAINT "ledger_tile_pkey" PRIMARY KEY ("tenant_id","epoch","level","n"),
    CONSTRAINT "ledger_tile_place" CHECK ("level" BETWEEN 0 AND 7 AND "n" >= 0),
    CONSTRAINT "ledger_tile_hashes" CHECK (octet_length("hashes") = 8192 AND octet_length("root") = 32)
);
-- Hashes do not get smaller, and a proof reads one of 256.
ALTER TABLE "ledger_tile" ALTER COLUMN "hashes" SET STORAGE EXTERNAL;

CREATE TABLE "ledger_opening" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "field" TEXT NOT NULL,
    "appended_at" TIMESTAMPTZ(3) NOT NULL,
    "subject_index" BYTEA,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "ledger_opening_pkey" PRIMARY KEY ("tenant_id","epoch","index","field","appended_at")
) PARTITION BY RANGE ("appended_at");

CREATE TABLE "ledger_checkpoint" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("tenant_id","epoch","size","signed_at"),
    CONSTRAINT "ledger_checkpoint_size" CHECK ("size" >= 0),
    CONSTRAINT "ledger_checkpoint_root" CHECK (octet_length("root") = 32)
);

CREATE TABLE "signer_statement" (
    "tenant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "epoch" INTEGER,
    "kind" TEXT NOT NULL,
    "at_index" BIGINT,
    "sentence" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "signer_statement_pkey" PRIMARY KEY ("tenant_id","at","id"),
    CONSTRAINT "signer_statement_kind" CHECK ("kind" IN ('started', 'alarm', 'frozen', 'unfrozen', 'key_rotated', 'key_compromised', 'log_sealed', 'fsck_finished'))
);

CREATE TABLE "signer_statement_entry" (
    "tenant_id" UUID NOT NULL,
    "statement_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,

    CONSTRAINT "signer_statement_entry_pkey" PRIMARY KEY ("tenant_id","statement_id")
);

CREATE TABLE "ledger_trust_root" (
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "document" TEXT NOT NULL,

    CONSTRAINT "ledger_trust_root_pkey" PRIMARY KEY ("version"),
    CONSTRAINT "ledger_trust_root_version" CHECK ("version" >= 1)
);

CREATE UNIQUE INDEX "ledger_log_origin_key" ON "ledger_log"("tenant_id", "origin");
-- Not in the order of the primary key: before a table was analysed, the planner takes either of two indexes that begin
-- with the same columns, and the foreign keys would read all batches of a log.
CREATE UNIQUE INDEX "ledger_batch_first_key" ON "ledger_batch"("tenant_id", "first_index", "epoch");
CREATE INDEX "ledger_opening_subject_idx" ON "ledger_opening"("tenant_id", "subject_index");

ALTER TABLE "ledger_batch" ADD CONSTRAINT "ledger_batch_tenant_id_epoch_fkey"
  FOREIGN KEY ("tenant_id", "epoch") REFERENCES "ledger_log"("tenant_id", "epoch") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "ledger_batch" ADD CONSTRAINT "ledger_batch_tenant_id_epoch_first_index_fkey"
  FOREIGN KEY ("tenant_id", "epoch", "first_index") REFERENCES "ledger_batch"("tenant_id", "epoch", "end_index") ON DELETE NO ACTION ON UPDATE NO ACTION;
-- Deferred: entries may be written before their batch.
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_tenant_id_epoch_batch_end_fkey"
  FOREIGN KEY ("tenant_id", "epoch", "batch_end") REFERENCES "ledger_batch"("tenant_id", "epoch", "end_index") ON DELETE NO ACTION ON UPDATE NO ACTION
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "ledger_checkpoint" ADD CONSTRAINT "ledger_checkpoint_tenant_id_epoch_fkey"
  FOREIGN KEY ("tenant_id", "epoch") REFERENCES "ledger_log"("tenant_id", "epoch") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What is recorded in the ledger says where. Both null: recorded before the ledger, and not in it.
ALTER TABLE "call" ADD COLUMN "ledger_epoch" INTEGER, ADD COLUMN "ledger_index" BIGINT;
ALTER TABLE "call" ADD CONSTRAINT "call_ledger" CHECK (("ledger_epoch" IS NULL) = ("ledger_index" IS NULL));
ALTER TABLE "late_outcome" ADD COLUMN "ledger_epoch" INTEGER, ADD COLUMN "ledger_index" BIGINT;
ALTER TABLE "late_outcome" ADD CONSTRAINT "late_outcome_ledger" CHECK (("ledger_epoch" IS NULL) = ("ledger_index" IS NULL));
ALTER TABLE "audit_event" ADD COLUMN "ledger_epoch" INTEGER, ADD COLUMN "ledger_index" BIGINT;
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_ledger" CHECK (("ledger_epoch" IS NULL) = ("ledger_index" IS NULL));
ALTER TABLE "system_event" ADD COLUMN "ledger_epoch" INTEGER, ADD COLUMN "ledger_index" BIGINT;
ALTER TABLE "system_event" ADD CONSTRAINT "system_event_ledger" CHECK (("ledger_epoch" IS NULL) = ("ledger_index" IS NULL));

-- The deployment's own log has a head to lock, too, and is no tenant.
ALTER TABLE "recording_head" DROP CONSTRAINT "recording_head_tenant_id_fkey";
DO $head$
BEGIN
  PERFORM set_config('domicile.write_tenant', '00000000-0000-0000-0000-000000000000', true);
  INSERT INTO "recording_head" ("tenant_id") VALUES ('00000000-0000-0000-0000-000000000000');
  PERFORM set_config('domicile.write_tenant', '', true);
END
$head$;

-- A batch holds exactly its entries, and only the open epoch of a log grows. Looked at when the transaction ends.
CREATE FUNCTION check_ledger_batch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
DECLARE
  -- A variable of its own: under row security no expression would get into the index condition.
  first bigint := coalesce(NEW.first_index, 0);
  found bigint;
BEGIN
  SELECT count(*) INTO found FROM ledger_entry
   WHERE tenant_id = NEW.tenant_id AND epoch = NEW.epoch AND index >= first AND index < NEW.end_index AND batch_end = NEW.end_index;
  IF found <> NEW.end_index - first THEN
    RAISE EXCEPTION 'a batch from % to % holds % entries', first, NEW.end_index, found USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT FROM ledger_log WHERE tenant_id = NEW.tenant_id AND epoch > NEW.epoch) THEN
    RAISE EXCEPTION 'epoch % of this log is closed', NEW.epoch USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER whole_batch AFTER INSERT ON "ledger_batch" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_ledger_batch();

CREATE TABLE "ledger_body_default" PARTITION OF "ledger_body" DEFAULT;
CREATE TABLE "ledger_opening_default" PARTITION OF "ledger_opening" DEFAULT;

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['ledger_log', 'ledger_batch', 'ledger_entry', 'ledger_body', 'ledger_tile', 'ledger_opening',
    'ledger_checkpoint', 'signer_statement', 'signer_statement_entry', 'ledger_body_default', 'ledger_opening_default']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_log', 'ledger_batch', 'ledger_entry', 'ledger_body', 'ledger_tile', 'ledger_opening',
    'ledger_checkpoint', 'signer_statement', 'signer_statement_entry']
  LOOP
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    -- The signer goes through all logs, and belongs to none.
    EXECUTE format('CREATE POLICY signer_reads ON %I FOR SELECT TO domicile_signer USING (true)', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_checkpoint', 'signer_statement'] LOOP
    EXECUTE format('CREATE POLICY signer_writes ON %I FOR INSERT TO domicile_signer WITH CHECK (true)', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_log', 'ledger_batch', 'ledger_entry', 'ledger_body', 'ledger_tile', 'ledger_opening',
    'ledger_checkpoint', 'signer_statement', 'signer_statement_entry', 'ledger_trust_root']
  LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    -- A session that plays replica skips ordinary triggers.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER keep_row', target);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER keep_table', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_body_default', 'ledger_opening_default'] LOOP
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER keep_table', target);
  END LOOP;
END
$security$;
ALTER TABLE "ledger_batch" ENABLE ALWAYS TRIGGER whole_batch;

-- Whoever records appends: the web process events, the gateway and the worker calls as well.
GRANT SELECT, INSERT ON "ledger_log", "ledger_batch", "ledger_entry", "ledger_tile" TO domicile_web, domicile_gateway, domicile_worker;
GRANT INSERT ON "ledger_body", "ledger_opening" TO domicile_web, domicile_gateway, domicile_worker;
GRANT SELECT ON "ledger_body", "ledger_opening", "ledger_checkpoint", "signer_statement", "signer_statement_entry", "ledger_trust_root"
  TO domicile_web, domicile_worker;
GRANT INSERT ON "signer_statement", "signer_statement_entry" TO domicile_worker;
-- To lock a row one must be allowed to update one of its columns; row security lets this one become nothing else.
GRANT UPDATE ("tenant_id") ON "recording_head" TO domicile_web;

-- The signer reads every log and no other table, and writes what it signs and says.
GRANT USAGE ON SCHEMA public TO domicile_signer;
GRANT SELECT ON "ledger_log", "ledger_batch", "ledger_entry", "ledger_body", "ledger_tile", "ledger_opening", "ledger_checkpoint",
  "signer_statement", "signer_statement_entry", "ledger_trust_root" TO domicile_signer;
GRANT INSERT ON "ledger_checkpoint", "signer_statement", "ledger_trust_root" TO domicile_signer;

-- As before, and the months of the ledger with the months of the calls. Returns how many months lacked a table.
CREATE OR REPLACE FUNCTION create_call_months(from_at timestamptz, until_at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $months$
DECLARE
  first_month timestamptz := date_trunc('month', from_at, 'UTC');
  month timestamptz;
  parent text;
  part text;
  was_made boolean;
  made integer := 0;
BEGIN
  IF from_at < timestamptz '2023-01-01 00:00:00+00' OR until_at > now() + interval '400 days' THEN
    RAISE EXCEPTION 'no month of calls may lie there: % to %', from_at, until_at USING ERRCODE = '22008';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('domicile.create_call_months', 0));
  FOR i IN 0 .. 1200 LOOP
    month := (first_month AT TIME ZONE 'UTC' + make_interval(months => i)) AT TIME ZONE 'UTC';
    EXIT WHEN month >= until_at;
    was_made := false;
    FOREACH parent IN ARRAY ARRAY['call', 'attempt', 'ledger_body', 'ledger_opening'] LOOP
      part := parent || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
      IF to_regclass('public.' || quote_ident(part)) IS NULL THEN
        EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', parent, part,
          to_char(month AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS+00'),
          to_char(month AT TIME ZONE 'UTC' + interval '1 month', 'YYYY-MM-DD HH24:MI:SS+00'));
        IF to_regprocedure('public.refuse_change()') IS NOT NULL THEN
          EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON public.%I EXECUTE FUNCTION public.refuse_change()', part);
          IF parent LIKE 'ledger%' THEN
            EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER keep_table', part);
          END IF;
        END IF;
        was_made := true;
      END IF;
    END LOOP;
    made := made + was_made::integer;
  END LOOP;
  RETURN made;
END
$months$;

-- Three months back and twelve ahead, like the calls; the worker keeps months ahead.
SELECT create_call_months(now() - interval '3 months', now() + interval '395 days');
