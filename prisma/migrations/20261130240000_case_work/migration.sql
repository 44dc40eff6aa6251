-- A case has a number to be called by, what caused it and what keeps it from coming again, a day on which somebody looks whether it did,
-- and comments that are not for auditors.
ALTER TABLE "finding"
  ADD COLUMN "no" INTEGER,
  ADD COLUMN "check_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "checked_at" TIMESTAMPTZ(3),
  ADD COLUMN "checked_by" TEXT;

-- The owner of the tables is held to row security, too; numbers are given in the order of opening, a tenant at a time.
ALTER TABLE "finding" NO FORCE ROW LEVEL SECURITY;
UPDATE "finding" f SET "no" = n."no"
  FROM (SELECT "tenant_id", "id", row_number() OVER (PARTITION BY "tenant_id" ORDER BY "opened_at", "id") AS "no" FROM "finding") n
 WHERE n."tenant_id" = f."tenant_id" AND n."id" = f."id";
-- What people resolved is looked at 30 days later, also what they resolved before there was a day for it. What our own jobs close needs none.
UPDATE "finding" SET "check_due_at" = "resolved_at" + interval '30 days'
 WHERE "state" = 'resolved' AND "resolution" <> 'false_positive' AND "cause" NOT IN ('observe_ending', 'acceptance_due');
ALTER TABLE "finding" FORCE ROW LEVEL SECURITY;

ALTER TABLE "finding"
  ALTER COLUMN "no" SET NOT NULL,
  ADD CONSTRAINT "finding_number" CHECK ("no" >= 1),
  ADD CONSTRAINT "finding_check" CHECK (("state" = 'resolved' OR "check_due_at" IS NULL) AND ("checked_at" IS NULL) = ("checked_by" IS NULL)
    AND ("checked_at" IS NULL OR "check_due_at" IS NOT NULL));
CREATE UNIQUE INDEX "finding_no_key" ON "finding"("tenant_id", "no");
-- Not the number: it is given once.
GRANT UPDATE ("check_due_at", "checked_at", "checked_by") ON "finding" TO domicile_web, domicile_gateway, domicile_worker;

ALTER TABLE "finding_event" ADD COLUMN "audience" TEXT NOT NULL DEFAULT 'everybody';
ALTER TABLE "finding_event" DROP CONSTRAINT "finding_event_kind";
ALTER TABLE "finding_event"
  ADD CONSTRAINT "finding_event_kind"
    CHECK ("kind" IN ('opened', 'acknowledged', 'investigating', 'assigned', 'resolved', 'reopened', 'commented', 'severity_changed', 'analysed', 'checked',
      'exception_requested', 'exception_approved', 'exception_rejected', 'exception_withdrawn', 'exception_ended', 'exception_expired')),
  ADD CONSTRAINT "finding_event_audience"
    CHECK ("audience" = 'everybody' OR ("audience" = 'not_auditors' AND "kind" = 'commented'));

CREATE TABLE "finding_analysis" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "root_cause" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "action_owner" TEXT NOT NULL,
    "action_due_at" TIMESTAMPTZ(3) NOT NULL,
    "stated_by" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_analysis_pkey" PRIMARY KEY ("tenant_id","finding_id","version"),
    CONSTRAINT "finding_analysis_version" CHECK ("version" >= 1),
    CONSTRAINT "finding_analysis_root_cause" CHECK ("root_cause" IN ('malicious_action', 'process_failure', 'system_failure', 'human_error',
      'external_event', 'not_determined'))
);
ALTER TABLE "finding_analysis" ADD CONSTRAINT "finding_analysis_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "finding"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "finding_analysis" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "finding_analysis" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "finding_analysis" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "finding_analysis" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "finding_analysis" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "finding_analysis" EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON "finding_analysis" TO domicile_web;
GRANT SELECT ON "finding_analysis" TO domicile_worker;
