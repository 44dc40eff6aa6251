-- A catalog that lets calls go or pass that did not waits for a second administrator of the deployment.
CREATE TABLE "catalog_proposal" (
    "id" UUID NOT NULL,
    "based_on" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,
    "edition" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "widening" TEXT[],
    "requested_by" TEXT NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalog_proposal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "catalog_proposal_origin" CHECK ("origin" IN ('edited', 'imported', 'edition')),
    CONSTRAINT "catalog_proposal_lasts" CHECK ("expires_at" > "requested_at")
);
CREATE UNIQUE INDEX "catalog_proposal_requester_key" ON "catalog_proposal"("id", "requested_by_id");
CREATE INDEX "catalog_proposal_newest_idx" ON "catalog_proposal"("requested_at");

-- The requester stands in the decision by a foreign key, so the check compares the two people that really were.
CREATE TABLE "catalog_decision" (
    "proposal_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "catalog_decision_pkey" PRIMARY KEY ("proposal_id"),
    CONSTRAINT "catalog_decision_outcome" CHECK ("outcome" IN ('approved', 'rejected', 'withdrawn')),
    CONSTRAINT "catalog_decision_four_eyes" CHECK (("outcome" = 'withdrawn') = ("decided_by_id" = "requested_by_id"))
);
CREATE UNIQUE INDEX "catalog_decision_requester_key" ON "catalog_decision"("proposal_id", "requested_by_id");
ALTER TABLE "catalog_decision" ADD CONSTRAINT "catalog_decision_proposal_id_requested_by_id_fkey" FOREIGN KEY ("proposal_id", "requested_by_id") REFERENCES "catalog_proposal"("id", "requested_by_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "catalog_version" ADD COLUMN "proposal_id" UUID, ADD COLUMN "approved_by" TEXT,
  ADD CONSTRAINT "catalog_version_approved" CHECK (("proposal_id" IS NULL) = ("approved_by" IS NULL));
CREATE UNIQUE INDEX "catalog_version_proposal_key" ON "catalog_version"("proposal_id");
ALTER TABLE "catalog_version" ADD CONSTRAINT "catalog_version_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "catalog_decision"("proposal_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What one person did to the account of another: two of whom one holds the other's account are not two people. What seed and
-- operator do is nobody's.
CREATE TABLE "account_touch" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_touch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "account_touch_kind" CHECK ("kind" IN ('account_made', 'account_enabled', 'password_reset', 'second_factor_reset',
      'identity_bound', 'membership_made', 'role_changed')),
    CONSTRAINT "account_touch_of_another" CHECK ("person_id" <> "by_id")
);
CREATE INDEX "account_touch_person_idx" ON "account_touch"("person_id", "at");

-- Since when a person's password is one that he chose himself; null where somebody else gave it to him.
ALTER TABLE "person" ADD COLUMN "password_own_since" TIMESTAMPTZ(3);
GRANT UPDATE ("password_own_since") ON "person" TO domicile_web;

-- What the deployment's log says of the time before.
INSERT INTO "account_touch" ("id", "person_id", "kind", "by_id", "by_name", "at")
  SELECT gen_random_uuid(), p."id", CASE e."kind" WHEN 'person.created' THEN 'account_made' WHEN 'person.enabled' THEN 'account_enabled'
           ELSE 'password_reset' END, e."actor_id"::uuid, e."actor_name", e."at"
    FROM "system_event" e JOIN "person" p ON p."id"::text = e."subject"
   WHERE e."kind" IN ('person.created', 'person.enabled', 'person.password_reset') AND e."actor" = 'person'
     AND e."actor_id" <> e."subject";
UPDATE "person" p SET "password_own_since" = (
  SELECT min(e."at") FROM "system_event" e
   WHERE e."subject" = p."id"::text AND e."kind" = 'person.password_changed'
     AND e."at" > coalesce((SELECT max(r."at") FROM "system_event" r
                             WHERE r."subject" = p."id"::text AND r."kind" IN ('person.created', 'person.password_reset')), '-infinity'));

DO $rules$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['catalog_proposal', 'catalog_decision', 'account_touch'] LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO domicile_web', target);
  END LOOP;
END
$rules$;
GRANT SELECT ON "catalog_proposal", "catalog_decision", "account_touch" TO domicile_worker;
