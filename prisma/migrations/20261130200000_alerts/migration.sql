-- Who is told what outside the pages: destinations and their secrets, what was noticed, and what was sent where. No evidence:
-- what happened stands in the tables it is noticed in, and who changed a destination in the log.
CREATE TABLE "alert_destination" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "min_severity" TEXT NOT NULL,
    "kinds" TEXT[] NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "last_delivered_at" TIMESTAMPTZ(3),
    "last_outcome" TEXT,

    CONSTRAINT "alert_destination_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "alert_destination_kind" CHECK ("kind" IN ('webhook', 'email')),
    CONSTRAINT "alert_destination_name" CHECK (char_length("name") BETWEEN 1 AND 60),
    CONSTRAINT "alert_destination_address" CHECK (char_length("address") BETWEEN 3 AND 2000),
    CONSTRAINT "alert_destination_country" CHECK ("country" ~ '^[A-Z]{2}$'),
    CONSTRAINT "alert_destination_severity" CHECK ("min_severity" IN ('low', 'medium', 'high', 'critical'))
);

-- Apart from the destination: the web process writes secrets and reads none.
CREATE TABLE "alert_secret" (
    "tenant_id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_secret_pkey" PRIMARY KEY ("tenant_id","destination_id","id")
);

CREATE TABLE "alert_watch" (
    "tenant_id" UUID NOT NULL,
    "seen_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_watch_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "alert_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "count" INTEGER NOT NULL,
    "gathered_into" UUID,

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "alert_event_count" CHECK ("count" >= 1)
);
CREATE UNIQUE INDEX "alert_event_key_key" ON "alert_event"("tenant_id", "key");
CREATE INDEX "alert_event_noticed_idx" ON "alert_event"("tenant_id", "noticed_at");

CREATE TABLE "alert_delivery" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "answer_status" INTEGER,
    "delivered_at" TIMESTAMPTZ(3),
    "given_up_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "alert_delivery_over" CHECK (num_nonnulls("next_attempt_at", "delivered_at", "given_up_at") = 1),
    CONSTRAINT "alert_delivery_attempts" CHECK ("attempts" >= 0)
);
-- A destination is told a thing once, whoever notices it.
CREATE UNIQUE INDEX "alert_delivery_once_key" ON "alert_delivery"("tenant_id", "destination_id", "event_id");
CREATE INDEX "alert_delivery_event_idx" ON "alert_delivery"("tenant_id", "event_id");
CREATE INDEX "alert_delivery_newest_idx" ON "alert_delivery"("tenant_id", "created_at", "id");
CREATE INDEX "alert_delivery_due_idx" ON "alert_delivery"("tenant_id", "next_attempt_at") WHERE "next_attempt_at" IS NOT NULL;

ALTER TABLE "alert_secret" ADD CONSTRAINT "alert_secret_tenant_id_destination_id_fkey"
  FOREIGN KEY ("tenant_id", "destination_id") REFERENCES "alert_destination"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_tenant_id_destination_id_fkey"
  FOREIGN KEY ("tenant_id", "destination_id") REFERENCES "alert_destination"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_tenant_id_event_id_fkey"
  FOREIGN KEY ("tenant_id", "event_id") REFERENCES "alert_event"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['alert_destination', 'alert_secret', 'alert_watch', 'alert_event', 'alert_delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE POLICY update_tenant ON %I FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['alert_secret', 'alert_event', 'alert_delivery'] LOOP
    EXECUTE format('CREATE POLICY delete_tenant ON %I FOR DELETE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
END
$security$;

-- Another receiver is another destination; and a secret, once over, stays so.
CREATE TRIGGER fixed BEFORE UPDATE ON "alert_destination" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'kind', 'made_by', 'made_by_id', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "alert_destination" FOR EACH ROW EXECUTE FUNCTION set_once('removed_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "alert_secret" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'destination_id', 'id', 'sealed', 'created_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "alert_event" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'key', 'kind', 'severity', 'happened_at', 'noticed_at', 'facts', 'count');
CREATE TRIGGER fixed BEFORE UPDATE ON "alert_delivery" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'destination_id', 'event_id', 'created_at');
CREATE TRIGGER once BEFORE UPDATE ON "alert_delivery" FOR EACH ROW EXECUTE FUNCTION set_once('delivered_at');

GRANT SELECT, INSERT, UPDATE ("name", "address", "country", "min_severity", "kinds", "paused_at", "removed_at") ON "alert_destination" TO domicile_web;
GRANT SELECT ("tenant_id", "destination_id", "id", "created_at", "ends_at"), INSERT, UPDATE ("ends_at") ON "alert_secret" TO domicile_web;
GRANT SELECT, INSERT ON "alert_event" TO domicile_web;
GRANT SELECT ON "alert_watch" TO domicile_web;
GRANT SELECT, INSERT, UPDATE ("next_attempt_at", "given_up_at", "outcome") ON "alert_delivery" TO domicile_web;

GRANT SELECT, UPDATE ("failing_since", "last_attempt_at", "last_delivered_at", "last_outcome") ON "alert_destination" TO domicile_worker;
GRANT SELECT, DELETE ON "alert_secret" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE ON "alert_watch" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE ("gathered_into"), DELETE ON "alert_event" TO domicile_worker;
GRANT SELECT, INSERT, DELETE, UPDATE ("attempts", "next_attempt_at", "claimed_until", "last_attempt_at", "outcome", "answer_status",
  "delivered_at", "given_up_at") ON "alert_delivery" TO domicile_worker;

-- Openings by their ids, which tell when each was written: an opening happened when its call did, which may be long before.
CREATE INDEX "finding_event_told_idx" ON "finding_event"("tenant_id", "id") WHERE "kind" IN ('opened', 'reopened', 'commented');

-- What is noticed, and no more of it.
GRANT SELECT ("tenant_id", "id", "requested_at", "expires_at") ON "policy_proposal" TO domicile_worker;
GRANT SELECT ("tenant_id", "proposal_id") ON "policy_decision" TO domicile_worker;
GRANT SELECT ("tenant_id", "id", "created_at", "expires_at") ON "restatement" TO domicile_worker;
GRANT SELECT ("tenant_id", "restatement_id") ON "restatement_decision" TO domicile_worker;
GRANT SELECT ("tenant_id", "id", "lookup_id", "created_at", "expires_at", "revoked_at") ON "gateway_key" TO domicile_worker;
