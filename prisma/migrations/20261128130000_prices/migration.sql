-- Prices that people state, and how many of the counted calls told no tokens: their cost is not known.
CREATE TABLE "model_price" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "input_usd" DECIMAL(14,6),
    "cached_usd" DECIMAL(14,6),
    "output_usd" DECIMAL(14,6),
    "uplift_percent" DECIMAL(6,2),
    "source" TEXT NOT NULL,
    "person_id" UUID,
    "person_name" TEXT NOT NULL,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "model_price_mode" CHECK (mode IN ('live', 'simulated')),
    CONSTRAINT "model_price_provider" CHECK (provider IN ('openai', 'azure', 'custom')),
    CONSTRAINT "model_price_amounts" CHECK (withdrawn OR (input_usd >= 0 AND output_usd >= 0)),
    CONSTRAINT "model_price_uplift" CHECK (uplift_percent BETWEEN 0 AND 1000)
);
CREATE INDEX "model_price_newest_idx" ON "model_price" ("mode", "provider", "model", "effective_from", "at");
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "model_price" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "model_price" EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "model_price" TO domicile_web;

-- The owner sees tenants' rows for as long as this migration runs.
ALTER TABLE "call" NO FORCE ROW LEVEL SECURITY;
DO $count$
DECLARE
  step text;
BEGIN
  FOREACH step IN ARRAY ARRAY['hour', 'day'] LOOP
    EXECUTE format('ALTER TABLE rollup_%s ADD COLUMN without_tokens BIGINT NOT NULL DEFAULT 0', step);
    EXECUTE format('ALTER TABLE rollup_%s NO FORCE ROW LEVEL SECURITY', step);
    EXECUTE format($sql$
      UPDATE rollup_%1$s r SET without_tokens = c.calls
        FROM (SELECT tenant_id, date_trunc('%1$s', started_at, 'UTC') AS at, application_id, region_dim, host_dim, model_dim,
                     operation, verdict, coalesce(band, 'none') AS band, basis, source,
                     array_to_string(causes, ',') AS causes, simulated, count(*) AS calls
                FROM call WHERE input_tokens IS NULL AND output_tokens IS NULL AND region_dim <> 'none'
               GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13) c
       WHERE r.tenant_id = c.tenant_id AND r.%1$s = %2$s AND r.application_id = c.application_id
         AND r.region = c.region_dim AND r.host = c.host_dim AND r.model = c.model_dim AND r.operation = c.operation
         AND r.verdict = c.verdict AND r.band = c.band AND r.basis = c.basis AND r.source = c.source
         AND r.causes = c.causes AND r.simulated = c.simulated
    $sql$, step, CASE step WHEN 'hour' THEN 'c.at' ELSE '(c.at AT TIME ZONE ''UTC'')::date' END);
    EXECUTE format('ALTER TABLE rollup_%s FORCE ROW LEVEL SECURITY', step);
    EXECUTE format('ALTER TABLE rollup_%s ALTER COLUMN without_tokens DROP DEFAULT', step);
  END LOOP;
END
$count$;
ALTER TABLE "call" FORCE ROW LEVEL SECURITY;
