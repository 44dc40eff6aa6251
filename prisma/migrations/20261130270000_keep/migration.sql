-- The entry that says what of a log expired is needed as long as the log: without it the missing bytes are a theft. Where it lies
-- in a later epoch it held back everything behind it, for ever. Its bytes, which name no person, are kept beside what it says,
-- and it expires with the entries around it: its leaf hash stays, by which these bytes are known to be those of the log.
ALTER TABLE "ledger_prune" ADD COLUMN "statement" BYTEA;
ALTER TABLE "ledger_prune" DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "ledger_body" NO FORCE ROW LEVEL SECURITY;
UPDATE "ledger_prune" p SET "statement" = b."bytes" FROM "ledger_body" b
 WHERE b."tenant_id" = p."tenant_id" AND b."epoch" = p."entry_epoch" AND b."index" = p."entry_index" AND b."bundled" IS NULL;
ALTER TABLE "ledger_body" FORCE ROW LEVEL SECURITY;
ALTER TABLE "ledger_prune" ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY;

GRANT domicile_retention TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO domicile_retention;

-- As before, with the bytes of the entry.
CREATE OR REPLACE FUNCTION retention_record_prune(tenant uuid, request uuid, of_epoch integer, end_index bigint, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  wanted retention_request;
  decided timestamptz;
  cutoff timestamptz;
  begin_index bigint;
  tree bytea;
  said bytea;
BEGIN
  PERFORM demand_no_hold(tenant);
  wanted := demand_approved(tenant, request, 'policy');
  SELECT d.decided_at INTO decided FROM retention_decision d WHERE d.tenant_id = tenant AND d.request_id = request;
  PERFORM FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
    WHERE r.tenant_id = tenant AND r.kind = 'policy' AND d.outcome = 'approved' AND d.decided_at > decided;
  IF wanted.months IS NULL OR FOUND THEN
    RAISE EXCEPTION 'this is not the period in force' USING ERRCODE = 'insufficient_privilege';
  END IF;
  cutoff := date_trunc('month', now() AT TIME ZONE 'UTC' - make_interval(months => wanted.months)) AT TIME ZONE 'UTC';
  SELECT coalesce(max(p.to_index), 0) INTO begin_index FROM ledger_prune p WHERE p.tenant_id = tenant AND p.epoch = of_epoch;
  PERFORM FROM ledger_batch b WHERE b.tenant_id = tenant AND b.epoch = of_epoch
    AND b.end_index > begin_index AND b.end_index <= retention_record_prune.end_index AND b.appended_at >= cutoff;
  IF FOUND THEN
    RAISE EXCEPTION 'an entry of this range has not expired' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM FROM ledger_checkpoint c WHERE c.tenant_id = tenant AND c.epoch = of_epoch AND c.size >= retention_record_prune.end_index;
  IF NOT FOUND THEN
    PERFORM FROM ledger_log l WHERE l.tenant_id = tenant AND l.epoch > of_epoch;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'an entry of this range was never signed' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  SELECT b.root INTO tree FROM ledger_batch b
   WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.end_index = retention_record_prune.end_index;
  -- An entry that was appended alone lies in no bundle.
  SELECT b.bytes INTO said FROM ledger_body b
   WHERE b.tenant_id = tenant AND b.epoch = log_epoch AND b.index = log_index AND b.bundled IS NULL;
  INSERT INTO ledger_prune (tenant_id, epoch, to_index, from_index, request_id, before, root, entry_epoch, entry_index, at, statement)
  VALUES (tenant, of_epoch, retention_record_prune.end_index, begin_index, request, cutoff, tree, log_epoch, log_index, now(), said);
  PERFORM mark_deleted('call', ARRAY[tenant], cutoff);
  PERFORM mark_deleted('ledger', ARRAY[tenant], cutoff);
END $$;

-- As before, and a report that was joined to a call goes by its own age as well. A month that went as a whole took its calls
-- without them, and they stayed.
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
  -- What another program reported of a call is a record of its own age: its call may have gone with a whole month.
  SELECT array_agg(e.client_id) INTO names FROM (
    SELECT r.client_id FROM corroboration r WHERE r.tenant_id = tenant AND r.received_at < cutoff LIMIT most) e;
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

-- Whether nobody needs to know any more whom a request is about: it was carried out, and what comes late had 35 days; or it
-- was refused, taken back or left to lapse, a day ago, so that no approval is under way.
CREATE FUNCTION is_subject_past(tenant uuid, request uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public
  AS $$ BEGIN
    PERFORM FROM privacy_erasure e WHERE e.tenant_id = tenant AND e.request_id = request AND e.at < now() - interval '35 days';
    IF FOUND THEN RETURN true; END IF;
    PERFORM FROM retention_request r LEFT JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
      WHERE r.tenant_id = tenant AND r.id = request AND CASE WHEN d.request_id IS NULL THEN r.expires_at < now() - interval '1 day'
        ELSE d.outcome IN ('rejected', 'withdrawn') END;
    RETURN FOUND;
  END $$;

CREATE OR REPLACE FUNCTION retention_forget_subject(tenant uuid, request uuid)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ BEGIN
    PERFORM demand_no_hold(tenant);
    IF is_subject_past(tenant, request) THEN
      DELETE FROM erasure_subject s WHERE s.tenant_id = tenant AND s.request_id = request;
    END IF;
  END $$;

-- As before, and whom a request was about is forgotten also where nobody was erased.
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
      covered := is_subject_past(OLD.tenant_id, OLD.request_id);
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

-- As before, and a legal hold waits for a month that is being dropped.
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
  -- A hold waits for this as for every deletion, or is seen. Before the tables: whoever places one takes them behind this lock.
  PERFORM retention_lock(t.id) FROM (SELECT DISTINCT unnest(expired) AS id ORDER BY 1) t;
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

REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
