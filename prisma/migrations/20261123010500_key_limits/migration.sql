-- What a key may call, until when, from where, and how often. Only its end may be moved, and only forward in the sense
-- of sooner: a key that was meant to end ends.
ALTER TABLE "gateway_key" ADD COLUMN "scopes" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "gateway_key" ADD COLUMN "expires_at" TIMESTAMPTZ(3);
ALTER TABLE "gateway_key" ADD COLUMN "allowed_from" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "gateway_key" ADD COLUMN "calls_per_minute" INTEGER;
ALTER TABLE "gateway_key" ADD COLUMN "concurrent_calls" INTEGER;
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_rate" CHECK ("calls_per_minute" > 0 AND "concurrent_calls" > 0);

CREATE FUNCTION end_sooner() RETURNS trigger LANGUAGE plpgsql
  AS $$
BEGIN
  IF OLD.expires_at IS NOT NULL AND (NEW.expires_at IS NULL OR NEW.expires_at > OLD.expires_at) THEN
    RAISE EXCEPTION 'a key may only end sooner' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ends BEFORE UPDATE ON "gateway_key" FOR EACH ROW EXECUTE FUNCTION end_sooner();
DROP TRIGGER fixed ON "gateway_key";
CREATE TRIGGER fixed BEFORE UPDATE ON "gateway_key" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'application_id', 'kind', 'target', 'lookup_id', 'secret_hash', 'scopes',
    'allowed_from', 'calls_per_minute', 'concurrent_calls');
GRANT UPDATE ("expires_at") ON "gateway_key" TO domicile_web;
GRANT SELECT ("scopes", "expires_at", "allowed_from", "calls_per_minute", "concurrent_calls") ON "gateway_key" TO domicile_web;
