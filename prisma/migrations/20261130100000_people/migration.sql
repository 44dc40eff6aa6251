-- A membership is a stretch of time in one role: it begins, and ends once. Another role is the next stretch.
ALTER TABLE "membership" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(), ADD COLUMN "ended_at" TIMESTAMPTZ(3);
ALTER TABLE "membership" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE "membership" DROP CONSTRAINT "membership_pkey", ADD CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id", "id");
-- At most one at a time; what a verb has looked up before cannot become two by a race.
CREATE UNIQUE INDEX "membership_present_key" ON "membership" ("tenant_id", "person_id") WHERE "ended_at" IS NULL;
CREATE INDEX "membership_tenant_idx" ON "membership" ("tenant_id", "person_id");

CREATE TRIGGER fixed BEFORE UPDATE ON "membership" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('id', 'tenant_id', 'person_id', 'role', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "membership" FOR EACH ROW EXECUTE FUNCTION set_once('ended_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "person" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('id', 'email', 'deployment_admin', 'created_at');

GRANT UPDATE ("ended_at") ON "membership" TO domicile_web;
GRANT UPDATE ("password_hash", "disabled_at") ON "person" TO domicile_web;
