-- What of a piece of an import is recorded, by the place of each record in it, written in the transaction that records it: a worker
-- that dies before it has counted the piece counts it right afterwards, and so does whoever gives the import up.
ALTER TABLE "import_part" ADD COLUMN "recorded" INTEGER[] NOT NULL DEFAULT '{}',
  ADD COLUMN "joined" INTEGER[] NOT NULL DEFAULT '{}';
GRANT UPDATE ("recorded", "joined") ON "import_part" TO domicile_worker;

-- Ids of rows that have none of their own were plain hashes of the row, which anybody can compute who guesses what stood in it.
-- They are keyed now, and the worker keys those of before, once each; nothing else of these rows may change.
CREATE FUNCTION is_row_id_keyed(before text, later text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public
  AS $$ SELECT before ~ '^row:[0-9a-f]{32}:[0-9]+$' AND later ~ '^row2:[0-9a-f]{32}:[0-9]+$'
    AND split_part(before, ':', 3) = split_part(later, ':', 3) $$;
CREATE INDEX "intake_key_row_idx" ON "intake_key" ("tenant_id", "client_id") WHERE client_id ~ '^row:[0-9a-f]{32}:[0-9]+$';
CREATE INDEX "corroboration_row_idx" ON "corroboration" ("tenant_id", "client_id") WHERE client_id ~ '^row:[0-9a-f]{32}:[0-9]+$';
CREATE INDEX "import_error_row_idx" ON "import_error" ("tenant_id", "client_id") WHERE client_id ~ '^row:[0-9a-f]{32}:[0-9]+$';

DROP TRIGGER keep_keyed ON "intake_key";
CREATE TRIGGER keep_keyed BEFORE UPDATE ON "intake_key" FOR EACH ROW
  WHEN (NOT ((OLD.tenant_id, OLD.call_id) IS NOT DISTINCT FROM (NEW.tenant_id, NEW.call_id) AND (
    (OLD.client_id = NEW.client_id AND octet_length(OLD.digest) = 32 AND octet_length(NEW.digest) = 33)
    OR (OLD.digest = NEW.digest AND is_row_id_keyed(OLD.client_id, NEW.client_id)))))
  EXECUTE FUNCTION refuse_change();

DROP TRIGGER fixed ON "corroboration";
CREATE TRIGGER fixed BEFORE UPDATE ON "corroboration" FOR EACH ROW EXECUTE FUNCTION keep_fixed('tenant_id', 'received_at',
  'started_at', 'source', 'application_id', 'host', 'status', 'gateway_call_id', 'provider_object_id', 'trace_id');
CREATE TRIGGER keep_keyed BEFORE UPDATE ON "corroboration" FOR EACH ROW
  WHEN (OLD.client_id <> NEW.client_id AND NOT is_row_id_keyed(OLD.client_id, NEW.client_id)) EXECUTE FUNCTION refuse_change();

GRANT UPDATE ("client_id") ON "intake_key", "corroboration", "import_error" TO domicile_worker;

-- What was never signed is kept while the signer may still come to read it: of the newest epoch. Behind the last checkpoint of
-- an earlier one it never will, so that this expires with everything else.
GRANT domicile_retention TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO domicile_retention;

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
    PERFORM FROM ledger_log l WHERE l.tenant_id = tenant AND l.epoch > of_epoch;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'an entry of this range was never signed' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  SELECT b.root INTO tree FROM ledger_batch b
   WHERE b.tenant_id = tenant AND b.epoch = of_epoch AND b.end_index = retention_record_prune.end_index;
  INSERT INTO ledger_prune (tenant_id, epoch, to_index, from_index, request_id, before, root, entry_epoch, entry_index, at)
  VALUES (tenant, of_epoch, retention_record_prune.end_index, begin_index, request, cutoff, tree, log_epoch, log_index, now());
  PERFORM mark_deleted('call', ARRAY[tenant], cutoff);
  PERFORM mark_deleted('ledger', ARRAY[tenant], cutoff);
END $$;

REVOKE CREATE ON SCHEMA public FROM domicile_retention;
REVOKE domicile_retention FROM CURRENT_USER;
