-- Who works on a case, until when, what was said about it, and exceptions: reasoned, expiring, decided by a second person.
ALTER TABLE "finding"
  ADD COLUMN "assignee_id" UUID,
  ADD COLUMN "assignee" TEXT,
  ADD COLUMN "due_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "finding_assignee" CHECK (("assignee_id" IS NULL) = ("assignee" IS NULL));
GRANT UPDATE ("assignee_id", "assignee", "due_at") ON "finding" TO domicile_web;

ALTER TABLE "finding_event" DROP CONSTRAINT "finding_event_kind";
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_kind"
  CHECK ("kind" IN ('opened', 'acknowledged', 'investigating', 'assigned', 'resolved', 'reopened', 'commented',
    'exception_requested', 'exception_approved', 'exception_rejected', 'exception_withdrawn', 'exception_ended', 'exception_expired'));

CREATE TABLE "finding_exception" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "finding_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "transfer_mechanism" TEXT,
    "ticket" TEXT,
    "policy_version" INTEGER,
    "author" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_exception_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "finding_exception_number" CHECK ("no" >= 1),
    CONSTRAINT "finding_exception_kind" CHECK ("kind" IN ('waiver', 'mitigated')),
    CONSTRAINT "finding_exception_reason" CHECK (char_length("reason") >= 20),
    CONSTRAINT "finding_exception_period" CHECK ("expires_at" > "created_at" AND "lapses_at" > "created_at")
);
CREATE UNIQUE INDEX "finding_exception_no_key" ON "finding_exception"("tenant_id", "no");
CREATE UNIQUE INDEX "finding_exception_author_key" ON "finding_exception"("tenant_id", "id", "author_id");
CREATE INDEX "finding_exception_of_idx" ON "finding_exception"("tenant_id", "finding_id", "no");
ALTER TABLE "finding_exception" ADD CONSTRAINT "finding_exception_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "finding"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "finding_exception_decision" (
    "tenant_id" UUID NOT NULL,
    "exception_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "finding_exception_decision_pkey" PRIMARY KEY ("tenant_id","exception_id"),
    CONSTRAINT "finding_exception_decision_outcome" CHECK ("outcome" IN ('approved', 'rejected', 'withdrawn')),
    CONSTRAINT "finding_exception_decision_four_eyes" CHECK (("outcome" = 'withdrawn') = ("decided_by_id" = "author_id"))
);
CREATE UNIQUE INDEX "finding_exception_decision_author_key" ON "finding_exception_decision"("tenant_id", "exception_id", "author_id");
CREATE UNIQUE INDEX "finding_exception_decision_outcome_key" ON "finding_exception_decision"("tenant_id", "exception_id", "outcome");
ALTER TABLE "finding_exception_decision" ADD CONSTRAINT "finding_exception_decision_tenant_id_exception_id_author_i_fkey" FOREIGN KEY ("tenant_id", "exception_id", "author_id") REFERENCES "finding_exception"("tenant_id", "id", "author_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Only what was approved ends: `outcome` is 'approved' in every row, and the key leads to a decision that says so.
CREATE TABLE "finding_exception_end" (
    "tenant_id" UUID NOT NULL,
    "exception_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'approved',
    "why" TEXT NOT NULL,
    "ended_by" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "finding_exception_end_pkey" PRIMARY KEY ("tenant_id","exception_id"),
    CONSTRAINT "finding_exception_end_outcome" CHECK ("outcome" = 'approved'),
    CONSTRAINT "finding_exception_end_why" CHECK ("why" IN ('expired', 'ended'))
);
ALTER TABLE "finding_exception_end" ADD CONSTRAINT "finding_exception_end_tenant_id_exception_id_outcome_fkey" FOREIGN KEY ("tenant_id", "exception_id", "outcome") REFERENCES "finding_exception_decision"("tenant_id", "exception_id", "outcome") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $rules$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['finding_exception', 'finding_exception_decision', 'finding_exception_end']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO domicile_web', target);
    EXECUTE format('GRANT SELECT ON %I TO domicile_worker', target);
  END LOOP;
END
$rules$;
GRANT INSERT ON "finding_exception_end" TO domicile_worker;
