-- Retention, legal hold, erasure of a person. What may be deleted is decided by two people; only the functions at the end
-- delete, and each of them looks for the two itself. They run as domicile_retention, which is nobody's login; and even its
-- deletes are refused where nothing is recorded as pruned or erased.
CREATE TABLE "legal_hold" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "placed_by" TEXT NOT NULL,
    "placed_by_id" UUID NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("tenant_id","id")
);
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What somebody wants: another period, a hold lifted, a person erased. It waits for a second person.
CREATE TABLE "retention_request" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "preset" TEXT,
    "months" INTEGER,
    "hold_id" UUID,
    "reference" TEXT,
    "basis" TEXT,
    "reason" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_request_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "retention_request_lasts" CHECK ("expires_at" > "requested_at"),
    CONSTRAINT "retention_request_kind" CHECK (CASE "kind"
      WHEN 'policy' THEN "hold_id" IS NULL AND "reference" IS NULL AND "basis" IS NULL AND "preset" IS NOT NULL AND CASE "preset"
        WHEN 'keep' THEN "months" IS NULL WHEN 'six_months' THEN "months" IS NOT DISTINCT FROM 6
        WHEN 'one_year' THEN "months" IS NOT DISTINCT FROM 12 WHEN 'six_years' THEN "months" IS NOT DISTINCT FROM 72 ELSE false END
      WHEN 'lift_hold' THEN "hold_id" IS NOT NULL AND "preset" IS NULL AND "months" IS NULL AND "reference" IS NULL AND "basis" IS NULL
      WHEN 'erasure' THEN "reference" IS NOT NULL AND "basis" IS NOT NULL AND "preset" IS NULL AND "months" IS NULL AND "hold_id" IS NULL
      ELSE false END)
);
CREATE UNIQUE INDEX "retention_request_requester_key" ON "retention_request"("tenant_id", "id", "requested_by_id");
CREATE INDEX "retention_request_newest_idx" ON "retention_request"("tenant_id", "requested_at");
ALTER TABLE "retention_request" ADD CONSTRAINT "retention_request_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "retention_request" ADD CONSTRAINT "retention_request_tenant_id_hold_id_fkey" FOREIGN KEY ("tenant_id", "hold_id") REFERENCES "legal_hold"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- The requester stands in the decision by a foreign key, so the check compares the two people that really were.
CREATE TABLE "retention_decision" (
    "tenant_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "retention_decision_pkey" PRIMARY KEY ("tenant_id","request_id"),
    CONSTRAINT "retention_decision_outcome" CHECK ("outcome" IN ('approved', 'rejected', 'withdrawn')),
    CONSTRAINT "retention_decision_four_eyes" CHECK (("outcome" = 'withdrawn') = ("decided_by_id" = "requested_by_id"))
);
CREATE UNIQUE INDEX "retention_decision_requester_key" ON "retention_decision"("tenant_id", "request_id", "requested_by_id");
ALTER TABLE "retention_decision" ADD CONSTRAINT "retention_decision_tenant_id_request_id_requested_by_id_fkey" FOREIGN KEY ("tenant_id", "request_id", "requested_by_id") REFERENCES "retention_request"("tenant_id", "id", "requested_by_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Whom an erasure is about: an HMAC under the tenant's key, never the identifier. Goes when late records can come no more.
CREATE TABLE "erasure_subject" (
    "tenant_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "subject_index" BYTEA NOT NULL,

    CONSTRAINT "erasure_subject_pkey" PRIMARY KEY ("tenant_id","request_id"),
    CONSTRAINT "erasure_subject_hmac" CHECK (octet_length("subject_index") = 32)
);
ALTER TABLE "erasure_subject" ADD CONSTRAINT "erasure_subject_tenant_id_request_id_fkey" FOREIGN KEY ("tenant_id", "request_id") REFERENCES "retention_request"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- The entries below to_index have no bytes any more, or will have none in a moment. Their leaf hashes stay.
CREATE TABLE "ledger_prune" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "to_index" BIGINT NOT NULL,
    "from_index" BIGINT NOT NULL,
    "request_id" UUID NOT NULL,
    "before" TIMESTAMPTZ(3) NOT NULL,
    "root" BYTEA NOT NULL,
    "entry_epoch" INTEGER NOT NULL,
    "entry_index" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_prune_pkey" PRIMARY KEY ("tenant_id","epoch","to_index"),
    CONSTRAINT "ledger_prune_range" CHECK ("from_index" >= 0 AND "to_index" > "from_index"),
    CONSTRAINT "ledger_prune_root" CHECK (octet_length("root") = 32)
);
ALTER TABLE "ledger_prune" ADD CONSTRAINT "ledger_prune_tenant_id_request_id_fkey" FOREIGN KEY ("tenant_id", "request_id") REFERENCES "retention_decision"("tenant_id", "request_id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "ledger_prune" ADD CONSTRAINT "ledger_prune_tenant_id_epoch_to_index_fkey" FOREIGN KEY ("tenant_id", "epoch", "to_index") REFERENCES "ledger_batch"("tenant_id", "epoch", "end_index") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "ledger_prune_done" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "to_index" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_prune_done_pkey" PRIMARY KEY ("tenant_id","epoch","to_index")
);
ALTER TABLE "ledger_prune_done" ADD CONSTRAINT "ledger_prune_done_tenant_id_epoch_to_index_fkey" FOREIGN KEY ("tenant_id", "epoch", "to_index") REFERENCES "ledger_prune"("tenant_id", "epoch", "to_index") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- An erasure that was carried out, and which openings went; the entry holds the hash of this list.
CREATE TABLE "privacy_erasure" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "openings" INTEGER NOT NULL,
    "list_sha256" TEXT NOT NULL,
    "entry_epoch" INTEGER NOT NULL,
    "entry_index" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "privacy_erasure_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "privacy_erasure_list" CHECK ("list_sha256" ~ '^[0-9a-f]{64}$' AND "openings" >= 0)
);
CREATE INDEX "privacy_erasure_request_idx" ON "privacy_erasure"("tenant_id", "request_id");
ALTER TABLE "privacy_erasure" ADD CONSTRAINT "privacy_erasure_tenant_id_request_id_fkey" FOREIGN KEY ("tenant_id", "request_id") REFERENCES "retention_decision"("tenant_id", "request_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "erased_opening" (
    "tenant_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "index" BIGINT NOT NULL,
    "field" TEXT NOT NULL,
    "erasure_id" UUID NOT NULL,

    CONSTRAINT "erased_opening_pkey" PRIMARY KEY ("tenant_id","epoch","index","field")
);
CREATE INDEX "erased_opening_of_idx" ON "erased_opening"("tenant_id", "erasure_id");

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['legal_hold', 'retention_request', 'retention_decision', 'erasure_subject', 'ledger_prune',
    'ledger_prune_done', 'privacy_erasure', 'erased_opening']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE POLICY retention_reads ON %I FOR SELECT TO domicile_retention USING (true)', target);
    EXECUTE format('GRANT SELECT ON %I TO domicile_worker, domicile_retention', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_log', 'ledger_batch', 'ledger_checkpoint'] LOOP
    EXECUTE format('CREATE POLICY retention_reads ON %I FOR SELECT TO domicile_retention USING (true)', target);
    EXECUTE format('GRANT SELECT ON %I TO domicile_retention', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_prune', 'ledger_prune_done', 'privacy_erasure', 'erased_opening'] LOOP
    EXECUTE format('CREATE POLICY retention_writes ON %I FOR INSERT TO domicile_retention WITH CHECK (true)', target);
    EXECUTE format('GRANT INSERT ON %I TO domicile_retention', target);
  END LOOP;
END
$security$;
CREATE POLICY retention_deletes ON "erasure_subject" FOR DELETE TO domicile_retention USING (true);
GRANT DELETE ON "erasure_subject" TO domicile_retention;
CREATE POLICY retention_scrubs ON "call" FOR UPDATE TO domicile_retention USING (true);
CREATE POLICY retention_scrubs ON "late_outcome" FOR UPDATE TO domicile_retention USING (true);
GRANT UPDATE ("client_request_id") ON "call" TO domicile_retention;
GRANT UPDATE ("record") ON "late_outcome" TO domicile_retention;
GRANT SELECT, INSERT ON "legal_hold", "retention_request", "retention_decision" TO domicile_web;
GRANT INSERT ON "erasure_subject" TO domicile_web;
GRANT SELECT ON "ledger_prune", "ledger_prune_done", "privacy_erasure" TO domicile_web;
CREATE POLICY signer_reads ON "ledger_prune" FOR SELECT TO domicile_signer USING (true);
GRANT SELECT ON "ledger_prune" TO domicile_signer;

CREATE FUNCTION is_pruned(tenant uuid, in_epoch integer, at_index bigint) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public
  AS $$ BEGIN RETURN EXISTS (SELECT FROM ledger_prune WHERE tenant_id = tenant AND epoch = in_epoch AND to_index > at_index); END $$;
CREATE FUNCTION is_erased(tenant uuid, in_epoch integer, at_index bigint, of_field text) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public
  AS $$ BEGIN RETURN EXISTS (SELECT FROM erased_opening WHERE tenant_id = tenant AND epoch = in_epoch AND index = at_index AND field = of_field); END $$;
-- A call that is in no log goes by its start.
CREATE FUNCTION is_call_pruned(tenant uuid, in_epoch integer, at_index bigint, started timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public
  AS $$ BEGIN
    IF in_epoch IS NOT NULL THEN RETURN is_pruned(tenant, in_epoch, at_index); END IF;
    RETURN EXISTS (SELECT FROM ledger_prune WHERE tenant_id = tenant AND before > started);
  END $$;

-- As before, and the retention role no longer deletes what it likes: only what is recorded as pruned or erased.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
DECLARE
  covered boolean := false;
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'domicile_retention' THEN
    IF TG_TABLE_NAME ~ '^ledger_body(_\d{4}_\d{2}|_default)$' THEN
      covered := is_pruned(OLD.tenant_id, OLD.epoch, OLD.index);
    ELSIF TG_TABLE_NAME ~ '^ledger_opening(_\d{4}_\d{2}|_default)$' THEN
      covered := is_pruned(OLD.tenant_id, OLD.epoch, OLD.index) OR is_erased(OLD.tenant_id, OLD.epoch, OLD.index, OLD.field);
    ELSIF TG_TABLE_NAME ~ '^call_(\d{4}_\d{2}|default)$' OR TG_TABLE_NAME = 'late_outcome' THEN
      covered := is_call_pruned(OLD.tenant_id, OLD.ledger_epoch, OLD.ledger_index, OLD.started_at);
    ELSIF TG_TABLE_NAME ~ '^attempt_(\d{4}_\d{2}|default)$' THEN
      covered := NOT EXISTS (SELECT FROM call c WHERE c.tenant_id = OLD.tenant_id AND c.started_at = OLD.started_at AND c.id = OLD.call_id
        AND NOT is_call_pruned(c.tenant_id, c.ledger_epoch, c.ledger_index, c.started_at));
    ELSIF TG_TABLE_NAME = 'erasure_subject' THEN
      covered := EXISTS (SELECT FROM privacy_erasure WHERE tenant_id = OLD.tenant_id AND request_id = OLD.request_id);
    END IF;
    IF covered THEN RETURN OLD; END IF;
  ELSIF TG_OP = 'UPDATE' AND current_user = 'domicile_retention' THEN
    -- The id by which the client knows its request goes with the person.
    IF TG_TABLE_NAME ~ '^call_(\d{4}_\d{2}|default)$' THEN
      covered := NEW.client_request_id IS NULL
        AND (to_jsonb(NEW) - 'client_request_id') = (to_jsonb(OLD) - 'client_request_id')
        AND is_erased(OLD.tenant_id, OLD.ledger_epoch, OLD.ledger_index, 'client_request_id');
    ELSIF TG_TABLE_NAME = 'late_outcome' THEN
      covered := (to_jsonb(NEW) - 'record') = (to_jsonb(OLD) - 'record')
        AND NEW.record = OLD.record || '{"clientRequestId": null}'
        AND is_erased(OLD.tenant_id, OLD.ledger_epoch, OLD.ledger_index, 'client_request_id');
    END IF;
    IF covered THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% of "%" is refused: its rows are never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Placing a hold waits for the deletion that is under way, and none begins after it.
CREATE FUNCTION wait_for_retention() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('domicile.retention.' || NEW.tenant_id, 0));
    RETURN NEW;
  END $$;
CREATE TRIGGER wait_for_retention BEFORE INSERT ON "legal_hold" FOR EACH ROW EXECUTE FUNCTION wait_for_retention();

CREATE FUNCTION demand_no_hold(tenant uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$ BEGIN
    IF tenant IS DISTINCT FROM writable_tenant() OR NOT tenant = ANY (readable_tenants()) THEN
      RAISE EXCEPTION 'this transaction does not speak for tenant %', tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('domicile.retention.' || tenant, 0));
    IF EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = tenant AND NOT EXISTS (
      SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
       WHERE r.tenant_id = tenant AND r.kind = 'lift_hold' AND r.hold_id = h.id AND d.outcome = 'approved')) THEN
      RAISE EXCEPTION 'a legal hold is in place: nothing of tenant % is deleted', tenant USING ERRCODE = 'object_in_use';
    END IF;
  END $$;

CREATE FUNCTION demand_approved(tenant uuid, request uuid, of_kind text) RETURNS retention_request LANGUAGE plpgsql
  SET search_path = pg_catalog, public
  AS $$
DECLARE
  approved retention_request;
BEGIN
  SELECT r.* INTO approved FROM retention_request r
    JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
   WHERE r.tenant_id = tenant AND r.id = request AND r.kind = of_kind AND d.outcome = 'approved'
     AND d.decided_by_id <> r.requested_by_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no two people have approved this' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN approved;
END $$;

-- Records that the entries of a range have expired, with the entry of the log that says so. Only then may they be deleted.
CREATE FUNCTION retention_record_prune(tenant uuid, request uuid, of_epoch integer, end_index bigint, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  wanted retention_request;
  cutoff timestamptz;
  begin_index bigint;
  tree bytea;
BEGIN
  PERFORM demand_no_hold(tenant);
  wanted := demand_approved(tenant, request, 'policy');
  IF wanted.months IS NULL OR EXISTS (
    SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
     WHERE r.tenant_id = tenant AND r.kind = 'policy' AND d.outcome = 'approved'
       AND d.decided_at > (SELECT decided_at FROM retention_decision WHERE tenant_id = tenant AND request_id = request)) THEN
    RAISE EXCEPTION 'this is not the period in force' USING ERRCODE = 'insufficient_privilege';
  END IF;
  cutoff := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => wanted.months)) AT TIME ZONE 'UTC';
  begin_index := coalesce((SELECT max(p.to_index) FROM ledger_prune p WHERE p.tenant_id = tenant AND p.epoch = of_epoch), 0);
  IF EXISTS (SELECT FROM ledger_batch b WHERE b.tenant_id = tenant AND b.epoch = of_epoch
    AND b.end_index > begin_index AND b.end_index <= retention_record_prune.end_index AND b.appended_at >= cutoff) THEN
    RAISE EXCEPTION 'an entry of this range has not expired' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM ledger_checkpoint c WHERE c.tenant_id = tenant AND c.epoch = of_epoch AND c.size >= retention_record_prune.end_index) THEN
    RAISE EXCEPTION 'an entry of this range was never signed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT b.root INTO tree FROM ledger_batch b
   WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.end_index = retention_record_prune.end_index;
  INSERT INTO ledger_prune (tenant_id, epoch, to_index, from_index, request_id, before, root, entry_epoch, entry_index, at)
  VALUES (tenant, of_epoch, retention_record_prune.end_index, begin_index, request, cutoff, tree, log_epoch, log_index, now());
  PERFORM mark_deleted('call', ARRAY[tenant], cutoff);
  PERFORM mark_deleted('ledger', ARRAY[tenant], cutoff);
END $$;

-- Deletes up to so many rows of each table of what is recorded as pruned, and says how many went. 0: nothing is left.
CREATE FUNCTION retention_prune_step(tenant uuid, of_epoch integer, most integer)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  upto bigint;
  cutoff timestamptz;
  lowest bigint;
  gone bigint := 0;
  n bigint;
BEGIN
  PERFORM demand_no_hold(tenant);
  SELECT to_index, before INTO upto, cutoff FROM ledger_prune
   WHERE tenant_id = tenant AND epoch = of_epoch ORDER BY to_index DESC LIMIT 1;
  IF upto IS NULL THEN RETURN 0; END IF;
  WITH expired AS (
    SELECT c.started_at, c.id FROM call c
     WHERE c.tenant_id = tenant AND c.started_at < cutoff
       AND ((c.ledger_epoch = of_epoch AND c.ledger_index < upto) OR c.ledger_index IS NULL)
     ORDER BY c.started_at LIMIT most),
  reports AS (DELETE FROM corroboration r USING expired e WHERE r.tenant_id = tenant AND r.call_id = e.id),
  dials AS (DELETE FROM attempt a USING expired e WHERE a.tenant_id = tenant AND a.started_at = e.started_at AND a.call_id = e.id),
  calls AS (DELETE FROM call c USING expired e WHERE c.tenant_id = tenant AND c.started_at = e.started_at AND c.id = e.id RETURNING 1)
  SELECT count(*) INTO n FROM calls;
  gone := gone + n;
  DELETE FROM late_outcome l USING (
    SELECT call_id FROM late_outcome WHERE tenant_id = tenant
       AND ((ledger_epoch = of_epoch AND ledger_index < upto) OR (ledger_index IS NULL AND started_at < cutoff)) LIMIT most) e
   WHERE l.tenant_id = tenant AND l.call_id = e.call_id;
  GET DIAGNOSTICS n = ROW_COUNT;
  gone := gone + n;
  -- What another program reported and no call of ours answers to.
  DELETE FROM corroboration r USING (
    SELECT client_id FROM corroboration WHERE tenant_id = tenant AND call_id IS NULL AND received_at < cutoff LIMIT most) e
   WHERE r.tenant_id = tenant AND r.client_id = e.client_id;
  GET DIAGNOSTICS n = ROW_COUNT;
  gone := gone + n;
  lowest := least((SELECT min(index) FROM ledger_body WHERE tenant_id = tenant AND epoch = of_epoch),
    (SELECT min(index) FROM ledger_opening WHERE tenant_id = tenant AND epoch = of_epoch));
  IF lowest < upto THEN
    upto := least(upto, lowest + most);
    DELETE FROM ledger_opening WHERE tenant_id = tenant AND epoch = of_epoch AND index < upto;
    DELETE FROM ledger_body WHERE tenant_id = tenant AND epoch = of_epoch AND index < upto;
    gone := gone + upto - lowest;
  END IF;
  IF gone = 0 THEN
    INSERT INTO ledger_prune_done (tenant_id, epoch, to_index, at)
    SELECT tenant_id, epoch, to_index, now() FROM ledger_prune WHERE tenant_id = tenant AND epoch = of_epoch
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN gone;
END $$;

-- Deletes the openings of the person an approved request is about, and answers which. Of those that came after the first
-- time only the named ones go: whoever uses the service again has not asked for that to be forgotten.
CREATE FUNCTION retention_erase(tenant uuid, request uuid, erasure uuid, late_epochs integer[], late_indexes bigint[])
  RETURNS TABLE (epoch integer, index bigint, field text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
#variable_conflict use_column
DECLARE
  subject bytea;
  is_first boolean;
BEGIN
  PERFORM demand_no_hold(tenant);
  PERFORM demand_approved(tenant, request, 'erasure');
  SELECT subject_index INTO subject FROM erasure_subject WHERE tenant_id = tenant AND request_id = request;
  is_first := NOT EXISTS (SELECT FROM privacy_erasure WHERE tenant_id = tenant AND request_id = request);
  INSERT INTO erased_opening (tenant_id, epoch, index, field, erasure_id)
    SELECT o.tenant_id, o.epoch, o.index, o.field, erasure FROM ledger_opening o
     WHERE o.tenant_id = tenant AND o.subject_index = subject
       AND (is_first OR EXISTS (SELECT FROM unnest(late_epochs, late_indexes) AS late (e, i) WHERE late.e = o.epoch AND late.i = o.index));
  -- While the bytes are there they say which call an entry is.
  UPDATE call c SET client_request_id = NULL
    FROM (SELECT (j -> 'body' ->> 'id')::uuid AS id, (j -> 'body' ->> 'started_at')::timestamptz AS started_at
            FROM erased_opening e
            JOIN ledger_body b ON b.tenant_id = e.tenant_id AND b.epoch = e.epoch AND b.index = e.index
           CROSS JOIN LATERAL (SELECT convert_from(b.bytes, 'UTF8')::jsonb AS j) AS read
           WHERE e.tenant_id = tenant AND e.erasure_id = erasure AND e.field = 'client_request_id' AND j ->> 'type' = 'call') named
   WHERE c.tenant_id = tenant AND c.started_at = named.started_at AND c.id = named.id AND c.client_request_id IS NOT NULL;
  UPDATE late_outcome l SET record = l.record || '{"clientRequestId": null}'
    FROM erased_opening e
   WHERE e.tenant_id = tenant AND e.erasure_id = erasure AND e.field = 'client_request_id'
     AND l.tenant_id = tenant AND l.ledger_epoch = e.epoch AND l.ledger_index = e.index;
  DELETE FROM ledger_opening o USING erased_opening e
   WHERE e.tenant_id = tenant AND e.erasure_id = erasure
     AND o.tenant_id = tenant AND o.epoch = e.epoch AND o.index = e.index AND o.field = e.field;
  RETURN QUERY SELECT e.epoch, e.index, e.field FROM erased_opening e
    WHERE e.tenant_id = tenant AND e.erasure_id = erasure ORDER BY 1, 2, 3;
END $$;

CREATE FUNCTION retention_record_erasure(tenant uuid, request uuid, erasure uuid, list_hash text, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ BEGIN
    PERFORM demand_approved(tenant, request, 'erasure');
    INSERT INTO privacy_erasure (tenant_id, id, request_id, openings, list_sha256, entry_epoch, entry_index, at)
    SELECT tenant, erasure, request, (SELECT count(*) FROM erased_opening WHERE tenant_id = tenant AND erasure_id = erasure),
           list_hash, log_epoch, log_index, now();
  END $$;

-- Openings of an erased person that came since: which entries, for whoever looks whether they belong to what was erased.
CREATE FUNCTION retention_late_openings(tenant uuid, request uuid)
  RETURNS TABLE (epoch integer, index bigint) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ BEGIN
    PERFORM demand_approved(tenant, request, 'erasure');
    RETURN QUERY SELECT DISTINCT o.epoch, o.index FROM ledger_opening o
      JOIN erasure_subject s ON s.tenant_id = tenant AND s.request_id = request AND o.subject_index = s.subject_index
     WHERE o.tenant_id = tenant;
  END $$;

-- 35 days after an erasure nothing of before it can come any more: the HMAC goes, too.
CREATE FUNCTION retention_forget_subject(tenant uuid, request uuid)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ BEGIN
    DELETE FROM erasure_subject WHERE tenant_id = tenant AND request_id = request
      AND EXISTS (SELECT FROM privacy_erasure WHERE tenant_id = tenant AND request_id = request AND at < now() - interval '35 days');
  END $$;

-- Whether nothing in a month is younger than what was recorded as pruned, and no hold is in place.
CREATE FUNCTION is_month_pruned(kind text, tenants uuid[], month timestamptz) RETURNS boolean
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  until timestamptz := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
  IF EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = ANY (tenants) AND NOT EXISTS (
    SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
     WHERE r.tenant_id = h.tenant_id AND r.kind = 'lift_hold' AND r.hold_id = h.id AND d.outcome = 'approved')) THEN
    RETURN false;
  END IF;
  IF kind = 'call' THEN
    RETURN NOT EXISTS (SELECT FROM call c WHERE c.tenant_id = ANY (tenants) AND c.started_at >= month AND c.started_at < until
      AND NOT is_call_pruned(c.tenant_id, c.ledger_epoch, c.ledger_index, c.started_at));
  END IF;
  RETURN NOT EXISTS (SELECT FROM unnest(tenants) AS t (id) LEFT JOIN ledger_log l ON l.tenant_id = t.id
    WHERE (SELECT max(b.index) FROM ledger_body b WHERE b.tenant_id = t.id AND b.epoch = l.epoch AND b.appended_at >= month AND b.appended_at < until)
      >= coalesce((SELECT max(p.to_index) FROM ledger_prune p WHERE p.tenant_id = t.id AND p.epoch = l.epoch), 0));
END $$;

-- One tenant's rows go by retention_prune_step, which looks for the two people.
DROP FUNCTION delete_month_rows(text, uuid, timestamptz, integer);

-- As before, and a month of rows that nobody approved to delete is kept, whoever is named.
CREATE OR REPLACE FUNCTION drop_month(kind text, month timestamptz, expired uuid[]) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '3s'
  AS $$
DECLARE
  parents text[] := CASE kind WHEN 'call' THEN ARRAY['call', 'attempt'] WHEN 'ledger' THEN ARRAY['ledger_body', 'ledger_opening'] END;
  parent text;
  part text;
  present uuid[];
  dropped boolean := false;
BEGIN
  PERFORM check_expired_month(month);
  IF parents IS NULL THEN
    RAISE EXCEPTION 'no kind of month: %', kind USING ERRCODE = '22023';
  END IF;
  -- Nobody can record into the month between the look and the drop.
  FOREACH parent IN ARRAY parents LOOP
    EXECUTE format('LOCK TABLE ONLY public.%I IN ACCESS EXCLUSIVE MODE', parent);
  END LOOP;
  present := tenants_of_month(kind, month);
  IF NOT present <@ expired OR NOT is_month_pruned(kind, present, month) THEN
    RETURN 'kept';
  END IF;
  FOREACH parent IN ARRAY parents LOOP
    part := parent || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass('public.' || quote_ident(part)) IS NOT NULL THEN
      EXECUTE format('DROP TABLE public.%I', part);
      dropped := true;
    END IF;
  END LOOP;
  PERFORM mark_deleted(kind, present, (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
  RETURN CASE WHEN dropped THEN 'dropped' ELSE 'absent' END;
END $$;

-- To hand a function to a role one must be a member of it; a member is seen by its policies, so not for longer than this.
GRANT domicile_retention TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO domicile_retention;
DO $owner$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY['demand_no_hold(uuid)', 'demand_approved(uuid, uuid, text)', 'is_month_pruned(text, uuid[], timestamptz)',
    'retention_record_prune(uuid, uuid, integer, bigint, integer, bigint)', 'retention_prune_step(uuid, integer, integer)',
    'retention_erase(uuid, uuid, uuid, integer[], bigint[])',
    'retention_record_erasure(uuid, uuid, uuid, text, integer, bigint)', 'retention_late_openings(uuid, uuid)',
    'retention_forget_subject(uuid, uuid)']
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('ALTER FUNCTION %s OWNER TO domicile_retention', signature);
    IF signature LIKE 'retention%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO domicile_worker', signature);
    END IF;
  END LOOP;
  EXECUTE format('GRANT EXECUTE ON FUNCTION is_month_pruned(text, uuid[], timestamptz) TO %I', current_user);
END
$owner$;
REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
