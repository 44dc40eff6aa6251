-- Bytes of entries that were appended together lie together: lines of one zstd frame, in the row of the first of them
-- (docs/decisions/0022-bytes-lie-in-bundles.md). Rows from before, and those of small batches, hold one entry's own bytes.
ALTER TABLE "ledger_body" ADD COLUMN "bundled" SMALLINT;

-- The parent's first: a month cannot drop what it inherits. Months that are made later take what the parent has.
ALTER TABLE "ledger_body" DROP CONSTRAINT "ledger_body_bytes";
DO $months$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'ledger_body'::regclass LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS "ledger_body_bytes"', part);
  END LOOP;
END
$months$;
-- NOT VALID: rows from before were held to the same, and are not looked at one by one.
ALTER TABLE "ledger_body" ADD CONSTRAINT "ledger_body_bytes" CHECK (
  CASE WHEN "bundled" IS NULL THEN octet_length("bytes") BETWEEN 1 AND 16384
       ELSE "bundled" BETWEEN 2 AND 64 AND octet_length("bytes") BETWEEN 1 AND 1100000 END) NOT VALID;

-- Openings that are about nobody are sealed together, as many entries' as their bytes lie together.
ALTER TABLE "ledger_opening" ADD COLUMN "bundled" SMALLINT;
ALTER TABLE "ledger_opening" ADD CONSTRAINT "ledger_opening_bundled" CHECK (
  "bundled" IS NULL OR ("bundled" BETWEEN 2 AND 64 AND "field" = '*' AND "subject_index" IS NULL)) NOT VALID;

-- To hand a function to a role one must be a member of it; a member is seen by its policies, so not for longer than this.
GRANT domicile_retention TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO domicile_retention;

-- As before, and a bundle is deleted only where all of it is recorded as pruned.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
DECLARE
  covered boolean := false;
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'domicile_retention' THEN
    IF TG_TABLE_NAME ~ '^ledger_body(_\d{4}_\d{2}|_default)$' THEN
      covered := is_pruned(OLD.tenant_id, OLD.epoch, OLD.index + coalesce(OLD.bundled, 1) - 1);
    ELSIF TG_TABLE_NAME ~ '^ledger_opening(_\d{4}_\d{2}|_default)$' THEN
      covered := is_pruned(OLD.tenant_id, OLD.epoch, OLD.index + coalesce(OLD.bundled, 1) - 1)
        OR is_erased(OLD.tenant_id, OLD.epoch, OLD.index, OLD.field);
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

-- As before, and in steps that end with a bundle.
CREATE OR REPLACE FUNCTION retention_prune_step(tenant uuid, of_epoch integer, most integer)
  RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  upto bigint;
  cutoff timestamptz;
  starts timestamptz[];
  earliest timestamptz;
  latest timestamptz;
  ids uuid[];
  names text[];
  lowest bigint;
  opened bigint;
  ahead bigint;
  gone bigint := 0;
  n bigint;
BEGIN
  PERFORM demand_no_hold(tenant);
  SELECT to_index, before INTO upto, cutoff FROM ledger_prune
   WHERE tenant_id = tenant AND epoch = of_epoch ORDER BY to_index DESC LIMIT 1;
  IF upto IS NULL THEN RETURN 0; END IF;
  SELECT array_agg(e.started_at), array_agg(e.id), min(e.started_at), max(e.started_at) INTO starts, ids, earliest, latest FROM (
    SELECT c.started_at, c.id FROM call c
     WHERE c.tenant_id = tenant AND c.started_at < cutoff
       AND ((c.ledger_epoch = of_epoch AND c.ledger_index < upto) OR c.ledger_index IS NULL)
     ORDER BY c.started_at LIMIT most) e;
  IF ids IS NOT NULL THEN
    DELETE FROM corroboration r WHERE r.tenant_id = tenant AND r.call_id = ANY (ids);
    -- The bounds are for the months: no other one is looked at.
    DELETE FROM attempt a WHERE a.tenant_id = tenant AND a.started_at BETWEEN earliest AND latest
      AND (a.started_at, a.call_id) IN (SELECT e.s, e.i FROM unnest(starts, ids) AS e (s, i));
    DELETE FROM call c WHERE c.tenant_id = tenant AND c.started_at BETWEEN earliest AND latest
      AND (c.started_at, c.id) IN (SELECT e.s, e.i FROM unnest(starts, ids) AS e (s, i));
    GET DIAGNOSTICS n = ROW_COUNT;
    gone := gone + n;
  END IF;
  SELECT array_agg(e.call_id) INTO ids FROM (
    SELECT l.call_id FROM late_outcome l WHERE l.tenant_id = tenant
       AND ((l.ledger_epoch = of_epoch AND l.ledger_index < upto) OR (l.ledger_index IS NULL AND l.started_at < cutoff)) LIMIT most) e;
  IF ids IS NOT NULL THEN
    DELETE FROM late_outcome l WHERE l.tenant_id = tenant AND l.call_id = ANY (ids);
    GET DIAGNOSTICS n = ROW_COUNT;
    gone := gone + n;
  END IF;
  -- What another program reported and no call of ours answers to.
  SELECT array_agg(e.client_id) INTO names FROM (
    SELECT r.client_id FROM corroboration r WHERE r.tenant_id = tenant AND r.call_id IS NULL AND r.received_at < cutoff LIMIT most) e;
  IF names IS NOT NULL THEN
    DELETE FROM corroboration r WHERE r.tenant_id = tenant AND r.client_id = ANY (names);
    GET DIAGNOSTICS n = ROW_COUNT;
    gone := gone + n;
  END IF;
  SELECT min(b.index) INTO lowest FROM ledger_body b WHERE b.tenant_id = tenant AND b.epoch = of_epoch;
  SELECT min(o.index) INTO opened FROM ledger_opening o WHERE o.tenant_id = tenant AND o.epoch = of_epoch;
  lowest := least(lowest, opened);
  IF lowest < upto THEN
    ahead := least(upto, lowest + most);
    -- A bundle goes as a whole; none reaches beyond what is recorded as pruned, which ends with a batch.
    SELECT least(upto, greatest(ahead, max(b.index + coalesce(b.bundled, 1)))) INTO upto FROM ledger_body b
     WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.index < ahead AND b.index >= ahead - 64;
    DELETE FROM ledger_opening o WHERE o.tenant_id = tenant AND o.epoch = of_epoch AND o.index < upto;
    DELETE FROM ledger_body b WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.index < upto;
    gone := gone + upto - lowest;
  END IF;
  IF gone = 0 THEN
    INSERT INTO ledger_prune_done (tenant_id, epoch, to_index, at)
    SELECT p.tenant_id, p.epoch, p.to_index, now() FROM ledger_prune p WHERE p.tenant_id = tenant AND p.epoch = of_epoch
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN gone;
END $$;

DROP FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], text, integer, bigint);
-- Deletes the named openings of the person an approved request is about, and records it with the entry that says so. That
-- entry is there already, and holds the hash of this list. Refuses a list that names anything else, or what is gone.
-- `starts` and `ids`: the calls of those entries, by which they are found.
CREATE FUNCTION retention_erase(tenant uuid, request uuid, erasure uuid, epochs integer[], indexes bigint[], fields text[],
    starts timestamptz[], ids uuid[], list_hash text, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  subject bytea;
  named bigint;
BEGIN
  PERFORM demand_no_hold(tenant);
  PERFORM demand_approved(tenant, request, 'erasure');
  SELECT s.subject_index INTO subject FROM erasure_subject s WHERE s.tenant_id = tenant AND s.request_id = request;
  INSERT INTO erased_opening (tenant_id, epoch, index, field, erasure_id)
    SELECT o.tenant_id, o.epoch, o.index, o.field, erasure FROM ledger_opening o
     WHERE o.tenant_id = tenant AND o.subject_index = subject AND EXISTS (
       SELECT FROM unnest(epochs, indexes, fields) AS list (e, i, f) WHERE list.e = o.epoch AND list.i = o.index AND list.f = o.field);
  GET DIAGNOSTICS named = ROW_COUNT;
  IF named <> cardinality(fields) THEN
    RAISE EXCEPTION 'the list names what is no opening of this person' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- The bytes say which calls these entries are, and whoever has read them names the calls. The row says its entry, too.
  UPDATE call c SET client_request_id = NULL
   WHERE c.tenant_id = tenant AND c.started_at = ANY (starts) AND c.client_request_id IS NOT NULL
     AND (c.started_at, c.id) IN (SELECT a.s, a.i FROM unnest(starts, ids) AS a (s, i))
     AND EXISTS (SELECT FROM erased_opening e WHERE e.tenant_id = tenant AND e.erasure_id = erasure
       AND e.field = 'client_request_id' AND e.epoch = c.ledger_epoch AND e.index = c.ledger_index);
  UPDATE late_outcome l SET record = l.record || '{"clientRequestId": null}'
    FROM erased_opening e
   WHERE e.tenant_id = tenant AND e.erasure_id = erasure AND e.field = 'client_request_id'
     AND l.tenant_id = tenant AND l.ledger_epoch = e.epoch AND l.ledger_index = e.index;
  DELETE FROM ledger_opening o USING erased_opening e
   WHERE e.tenant_id = tenant AND e.erasure_id = erasure
     AND o.tenant_id = tenant AND o.epoch = e.epoch AND o.index = e.index AND o.field = e.field;
  INSERT INTO privacy_erasure (tenant_id, id, request_id, openings, list_sha256, entry_epoch, entry_index, at)
  VALUES (tenant, erasure, request, named, list_hash, log_epoch, log_index, now());
END $$;

ALTER FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], timestamptz[], uuid[], text, integer, bigint) OWNER TO domicile_retention;
REVOKE EXECUTE ON FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], timestamptz[], uuid[], text, integer, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], timestamptz[], uuid[], text, integer, bigint) TO domicile_worker;

REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
