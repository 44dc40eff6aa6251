-- Who a person is at an identity provider, for a stretch of time: it begins, and ends once. What was bound by mistake ends, and
-- another one begins.
CREATE TABLE "person_identity" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "bound_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "person_identity_subject_idx" ON "person_identity"("issuer", "subject");
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_bound_by" CHECK ("bound_by" IN ('administrator', 'email'));
-- At most one person for who somebody is there, and at most one of those for a person; also where two are bound at once.
CREATE UNIQUE INDEX "person_identity_subject_key" ON "person_identity" ("issuer", "subject") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "person_identity_person_key" ON "person_identity" ("person_id", "issuer") WHERE "ended_at" IS NULL;
CREATE TRIGGER fixed BEFORE UPDATE ON "person_identity" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('id', 'person_id', 'issuer', 'subject', 'bound_by', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "person_identity" FOR EACH ROW EXECUTE FUNCTION set_once('ended_at');
GRANT SELECT, INSERT, UPDATE ("ended_at") ON "person_identity" TO domicile_web;

-- Who came from the identity provider and is nobody here, so that an administrator can say who it is.
CREATE TABLE "refused_sign_in" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "email_verified" BOOLEAN NOT NULL,
    "attempts" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_sign_in_pkey" PRIMARY KEY ("issuer", "subject")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "refused_sign_in" TO domicile_web;

-- How a session was opened. Those of before were all opened with a password.
ALTER TABLE "session" ADD COLUMN "way" TEXT NOT NULL DEFAULT 'password', ADD COLUMN "identity_id" UUID;
ALTER TABLE "session" ALTER COLUMN "way" DROP DEFAULT;
ALTER TABLE "session" ADD CONSTRAINT "session_way" CHECK ("way" IN ('password', 'single_sign_on'));
ALTER TABLE "session" ADD CONSTRAINT "session_identity" CHECK (("identity_id" IS NOT NULL) = ("way" = 'single_sign_on'));
ALTER TABLE "session" ADD CONSTRAINT "session_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "person_identity"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
DROP TRIGGER fixed ON "session";
CREATE TRIGGER fixed BEFORE UPDATE ON "session" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('id', 'person_id', 'token_hash', 'created_at', 'way', 'identity_id');

-- Until when a person may sign in with a password although passwords are switched off: the operator's way in.
ALTER TABLE "person" ADD COLUMN "password_until" TIMESTAMPTZ(3);
GRANT UPDATE ("password_until") ON "person" TO domicile_web;
