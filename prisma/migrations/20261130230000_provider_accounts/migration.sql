-- What the provider itself says of a tenant's projects: what they are bound to, and how much they used.
CREATE TABLE "provider_account" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "added_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "replaces" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),
    "last_read_at" TIMESTAMPTZ(3),
    "last_outcome" TEXT,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "provider_account_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "provider_account_label" CHECK (char_length("label") BETWEEN 1 AND 60)
);

CREATE TABLE "provider_project" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT,
    "status" TEXT,
    "residency" TEXT,
    "retention" TEXT,
    "organization_retention" TEXT,

    CONSTRAINT "provider_project_pkey" PRIMARY KEY ("tenant_id","account_id","project_id","first_seen_at"),
    CONSTRAINT "provider_project_seen" CHECK ("last_seen_at" >= "first_seen_at")
);

CREATE TABLE "provider_usage" (
    "tenant_id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "batch" BOOLEAN NOT NULL,
    "requests" BIGINT NOT NULL,
    "input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_usage_pkey" PRIMARY KEY ("tenant_id","project_id","hour","kind","model","batch"),
    CONSTRAINT "provider_usage_requests" CHECK ("requests" >= 0)
);

CREATE TABLE "usage_comparison" (
    "tenant_id" UUID NOT NULL,
    "project_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_requests" BIGINT NOT NULL,
    "batch_requests" BIGINT NOT NULL,
    "sent_calls" BIGINT NOT NULL,
    "accepted_calls" BIGINT NOT NULL,
    "reported_calls" BIGINT NOT NULL,
    "edge_calls" BIGINT NOT NULL,
    "open_calls" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "missing" BIGINT NOT NULL,
    "compared_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "ledger_epoch" INTEGER,
    "ledger_index" BIGINT,

    CONSTRAINT "usage_comparison_pkey" PRIMARY KEY ("tenant_id","project_id","day","kind"),
    CONSTRAINT "usage_comparison_state" CHECK ("state" IN ('agrees', 'more_at_provider', 'fewer_at_provider', 'not_comparable')),
    CONSTRAINT "usage_comparison_missing" CHECK ("missing" >= 0 AND ("missing" > 0) = ("state" = 'more_at_provider')),
    CONSTRAINT "usage_comparison_entry" CHECK (num_nonnulls("settled_at", "ledger_epoch", "ledger_index") IN (0, 3))
);
CREATE INDEX "usage_comparison_day_idx" ON "usage_comparison"("tenant_id", "day");

ALTER TABLE "provider_project" ADD CONSTRAINT "provider_project_tenant_id_account_id_fkey"
  FOREIGN KEY ("tenant_id", "account_id") REFERENCES "provider_account"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $security$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['provider_account', 'provider_project', 'provider_usage', 'usage_comparison'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE POLICY update_tenant ON %I FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
  CREATE POLICY delete_tenant ON "provider_usage" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));
END
$security$;

-- Another key is another account; and a settled day stays as it was settled.
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_account" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'label', 'sealed', 'hint', 'added_by', 'created_at', 'replaces');
CREATE TRIGGER once BEFORE UPDATE ON "provider_account" FOR EACH ROW EXECUTE FUNCTION set_once('revoked_at');
CREATE TRIGGER fixed BEFORE UPDATE ON "provider_project" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'account_id', 'project_id', 'first_seen_at', 'name', 'status', 'residency', 'retention',
    'organization_retention');

CREATE FUNCTION keep_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL THEN
    RAISE EXCEPTION 'a settled comparison never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER settled BEFORE UPDATE ON "usage_comparison" FOR EACH ROW EXECUTE FUNCTION keep_settled();

GRANT SELECT ("tenant_id", "id", "label", "hint", "added_by", "created_at", "replaces", "revoked_at", "asked_at", "last_read_at",
  "last_outcome", "failing_since"), INSERT, UPDATE ("revoked_at", "asked_at") ON "provider_account" TO domicile_web;
GRANT SELECT ON "provider_project", "provider_usage", "usage_comparison" TO domicile_web;

GRANT SELECT ON "provider_account" TO domicile_gateway;

GRANT SELECT ("tenant_id", "id", "label", "hint", "added_by", "created_at", "replaces", "revoked_at", "asked_at", "last_read_at",
  "last_outcome", "failing_since"), UPDATE ("asked_at", "last_read_at", "last_outcome", "failing_since") ON "provider_account" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE ("last_seen_at") ON "provider_project" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON "provider_usage" TO domicile_worker;
GRANT SELECT, INSERT, UPDATE ON "usage_comparison" TO domicile_worker;
GRANT INSERT ON "pin" TO domicile_worker;
GRANT SELECT ("kind", "revoked_at") ON "provider_credential" TO domicile_worker;
