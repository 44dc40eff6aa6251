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
