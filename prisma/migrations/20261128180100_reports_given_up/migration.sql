-- A report of a call through our own gateway whose call was not found in a day: looked for no longer, and told to people.
ALTER TABLE "corroboration" ADD COLUMN "given_up_at" TIMESTAMPTZ(3);
CREATE INDEX "corroboration_waiting_idx" ON "corroboration" ("tenant_id", "received_at") WHERE call_id IS NULL AND given_up_at IS NULL;
DROP INDEX "corroboration_open_idx";
CREATE TRIGGER given_up_once BEFORE UPDATE ON "corroboration" FOR EACH ROW EXECUTE FUNCTION set_once('given_up_at');
GRANT UPDATE ("given_up_at") ON "corroboration" TO domicile_worker;
