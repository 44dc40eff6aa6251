-- Digests of reports are keyed: 33 bytes, of which the first says how. Those of before are a plain hash of 32 bytes, which
-- anybody can compute who guesses the one thing that was erased. The worker keys them, once each; nothing else may change.
ALTER TABLE "intake_key" DROP CONSTRAINT "intake_key_digest";
ALTER TABLE "intake_key" ADD CONSTRAINT "intake_key_digest"
  CHECK (octet_length(digest) = 32 OR (octet_length(digest) = 33 AND get_byte(digest, 0) = 2));
CREATE INDEX "intake_key_plain_idx" ON "intake_key" ("tenant_id", "client_id") WHERE octet_length(digest) = 32;

DROP TRIGGER keep_row ON "intake_key";
CREATE TRIGGER keep_row BEFORE DELETE ON "intake_key" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_keyed BEFORE UPDATE ON "intake_key" FOR EACH ROW
  WHEN (NOT (octet_length(OLD.digest) = 32 AND octet_length(NEW.digest) = 33
    AND (OLD.tenant_id, OLD.client_id, OLD.call_id) IS NOT DISTINCT FROM (NEW.tenant_id, NEW.client_id, NEW.call_id)))
  EXECUTE FUNCTION refuse_change();
CREATE POLICY update_tenant ON "intake_key" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))
  WITH CHECK (tenant_id = (SELECT writable_tenant()));
GRANT UPDATE ("digest") ON "intake_key" TO domicile_worker;
