-- Deleting no longer needs the transaction of the entry that says so: the entry is there first, with the hash of what goes, and
-- what goes is named to the function that deletes. So both can be transactions of their own, of one database role each, which
-- is what a Citus cluster demands; and each statement speaks of one tenant and changes one table, which is what one takes.
GRANT domicile_retention TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO domicile_retention;

DROP FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[]);
DROP FUNCTION retention_record_erasure(uuid, uuid, uuid, text, integer, bigint);
DROP FUNCTION retention_late_openings(uuid, uuid);

-- Where a cluster has no trigger that waits, whoever places a hold asks for this.
CREATE FUNCTION retention_lock(tenant uuid) RETURNS void LANGUAGE sql SET search_path = pg_catalog, public
  AS $$ SELECT pg_advisory_xact_lock(hashtextextended('domicile.retention.' || tenant, 0)) $$;

CREATE OR REPLACE FUNCTION demand_no_hold(tenant uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$ BEGIN
    IF tenant IS DISTINCT FROM writable_tenant() OR NOT tenant = ANY (readable_tenants()) THEN
      RAISE EXCEPTION 'this transaction does not speak for tenant %', tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM retention_lock(tenant);
    PERFORM FROM legal_hold h WHERE h.tenant_id = tenant AND NOT EXISTS (
      SELECT FROM retention_request r JOIN retention_decision d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
       WHERE r.tenant_id = tenant AND d.tenant_id = tenant AND r.kind = 'lift_hold' AND r.hold_id = h.id AND d.outcome = 'approved');
    IF FOUND THEN
      RAISE EXCEPTION 'a legal hold is in place: nothing of tenant % is deleted', tenant USING ERRCODE = 'object_in_use';
    END IF;
  END $$;

CREATE OR REPLACE FUNCTION retention_record_prune(tenant uuid, request uuid, of_epoch integer, end_index bigint, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  wanted retention_request;
  decided timestamptz;
  cutoff timestamptz;
  begin_index bigint;
  tree bytea;
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
    RAISE EXCEPTION 'an entry of this range was never signed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT b.root INTO tree FROM ledger_batch b
   WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.end_index = retention_record_prune.end_index;
  INSERT INTO ledger_prune (tenant_id, epoch, to_index, from_index, request_id, before, root, entry_epoch, entry_index, at)
  VALUES (tenant, of_epoch, retention_record_prune.end_index, begin_index, request, cutoff, tree, log_epoch, log_index, now());
  PERFORM mark_deleted('call', ARRAY[tenant], cutoff);
  PERFORM mark_deleted('ledger', ARRAY[tenant], cutoff);
END $$;

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
    upto := least(upto, lowest + most);
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

-- Deletes the named openings of the person an approved request is about, and records it with the entry that says so. That
-- entry is there already, and holds the hash of this list. Refuses a list that names anything else, or what is gone.
CREATE FUNCTION retention_erase(tenant uuid, request uuid, erasure uuid, epochs integer[], indexes bigint[], fields text[],
    list_hash text, log_epoch integer, log_index bigint)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
DECLARE
  subject bytea;
  named bigint;
  starts timestamptz[];
  ids uuid[];
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
  -- While the bytes are there they say which call an entry is.
  SELECT array_agg(said.started_at), array_agg(said.id) INTO starts, ids FROM (
    SELECT (convert_from(b.bytes, 'UTF8')::jsonb -> 'body' ->> 'id')::uuid AS id,
           (convert_from(b.bytes, 'UTF8')::jsonb -> 'body' ->> 'started_at')::timestamptz AS started_at
      FROM erased_opening e
      JOIN ledger_body b ON b.tenant_id = e.tenant_id AND b.epoch = e.epoch AND b.index = e.index
     WHERE e.tenant_id = tenant AND b.tenant_id = tenant AND e.erasure_id = erasure AND e.field = 'client_request_id'
       AND convert_from(b.bytes, 'UTF8')::jsonb ->> 'type' = 'call') said;
  IF ids IS NOT NULL THEN
    UPDATE call c SET client_request_id = NULL
     WHERE c.tenant_id = tenant AND c.started_at = ANY (starts) AND c.client_request_id IS NOT NULL
       AND (c.started_at, c.id) IN (SELECT a.s, a.i FROM unnest(starts, ids) AS a (s, i));
  END IF;
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

ALTER FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], text, integer, bigint) OWNER TO domicile_retention;
REVOKE EXECUTE ON FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], text, integer, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_erase(uuid, uuid, uuid, integer[], bigint[], text[], text, integer, bigint) TO domicile_worker;

REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
