-- What a person shows beside his password: a secret that an authenticator app shares with us, for a stretch of time.
CREATE TABLE "second_factor" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "second_factor_person_idx" ON "second_factor"("person_id");
ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
-- At most one that counts.
CREATE UNIQUE INDEX "second_factor_person_key" ON "second_factor" ("person_id") WHERE "confirmed_at" IS NOT NULL AND "ended_at" IS NULL;
CREATE TRIGGER fixed BEFORE UPDATE ON "second_factor" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('id', 'person_id', 'sealed', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "second_factor" FOR EACH ROW EXECUTE FUNCTION set_once('confirmed_at', 'ended_at');
GRANT SELECT, INSERT, UPDATE ("last_step", "confirmed_at", "ended_at") ON "second_factor" TO domicile_web;

-- Codes for who has lost the app. Each is good once.
CREATE TABLE "recovery_code" (
    "factor_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("factor_id", "hash")
);
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_factor_id_fkey" FOREIGN KEY ("factor_id") REFERENCES "second_factor"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_hash" CHECK (length("hash") = 32);
CREATE TRIGGER fixed BEFORE UPDATE ON "recovery_code" FOR EACH ROW EXECUTE FUNCTION keep_fixed('factor_id', 'hash');
CREATE TRIGGER once BEFORE UPDATE ON "recovery_code" FOR EACH ROW EXECUTE FUNCTION set_once('used_at');
GRANT SELECT, INSERT, UPDATE ("used_at") ON "recovery_code" TO domicile_web;

ALTER TABLE "session" DROP CONSTRAINT "session_way";
ALTER TABLE "session" ADD CONSTRAINT "session_way"
  CHECK ("way" IN ('password', 'password_and_code', 'password_and_recovery_code', 'single_sign_on'));
