-- Policy versions say why and by whom; what widens waits for a second person; verdicts are corrected by restatements.
ALTER TABLE "policy_version"
  ADD COLUMN "created_by_id" UUID,
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "proposal_id" UUID,
  ADD COLUMN "approved_by" TEXT;

CREATE TABLE "policy_proposal" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "base_version" INTEGER NOT NULL,
    "preset" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "widening" TEXT[],
    "requested_by" TEXT NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_proposal_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "policy_proposal_lasts" CHECK ("expires_at" > "requested_at")
);
CREATE UNIQUE INDEX "policy_proposal_requester_key" ON "policy_proposal"("tenant_id", "id", "requested_by_id");
CREATE INDEX "policy_proposal_newest_idx" ON "policy_proposal"("tenant_id", "requested_at");
ALTER TABLE "policy_proposal" ADD CONSTRAINT "policy_proposal_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- The requester stands in the decision by a foreign key, so the check compares the two people that really were.
CREATE TABLE "policy_decision" (
    "tenant_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,

    CONSTRAINT "policy_decision_pkey" PRIMARY KEY ("tenant_id","proposal_id"),
    CONSTRAINT "policy_decision_outcome" CHECK ("outcome" IN ('approved', 'rejected', 'withdrawn')),
    CONSTRAINT "policy_decision_four_eyes" CHECK (("outcome" = 'withdrawn') = ("decided_by_id" = "requested_by_id"))
);
CREATE UNIQUE INDEX "policy_decision_requester_key" ON "policy_decision"("tenant_id", "proposal_id", "requested_by_id");
ALTER TABLE "policy_decision" ADD CONSTRAINT "policy_decision_tenant_id_proposal_id_requested_by_id_fkey" FOREIGN KEY ("tenant_id", "proposal_id", "requested_by_id") REFERENCES "policy_proposal"("tenant_id", "id", "requested_by_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE UNIQUE INDEX "policy_version_proposal_key" ON "policy_version"("tenant_id", "proposal_id");
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_tenant_id_proposal_id_fkey" FOREIGN KEY ("tenant_id", "proposal_id") REFERENCES "policy_decision"("tenant_id", "proposal_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "restatement" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "evidence_url" TEXT,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "filter" JSONB NOT NULL,
    "method" JSONB NOT NULL,
    "judge_version" INTEGER NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "author" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "restatement_pkey" PRIMARY KEY ("tenant_id","id"),
    CONSTRAINT "restatement_cause" CHECK ("cause" IN ('catalog_row', 'pin_learned', 'provider_notice')),
    CONSTRAINT "restatement_period" CHECK ("to_at" > "from_at")
);
CREATE UNIQUE INDEX "restatement_author_key" ON "restatement"("tenant_id", "id", "author_id");
CREATE INDEX "restatement_newest_idx" ON "restatement"("tenant_id", "created_at");
ALTER TABLE "restatement" ADD CONSTRAINT "restatement_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "restatement_decision" (
    "tenant_id" UUID NOT NULL,
    "restatement_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "calls" INTEGER,

    CONSTRAINT "restatement_decision_pkey" PRIMARY KEY ("tenant_id","restatement_id"),
    CONSTRAINT "restatement_decision_outcome" CHECK ("outcome" IN ('approved', 'rejected', 'withdrawn')),
    CONSTRAINT "restatement_decision_four_eyes" CHECK (("outcome" = 'withdrawn') = ("decided_by_id" = "author_id"))
);
CREATE UNIQUE INDEX "restatement_decision_author_key" ON "restatement_decision"("tenant_id", "restatement_id", "author_id");
ALTER TABLE "restatement_decision" ADD CONSTRAINT "restatement_decision_tenant_id_restatement_id_author_id_fkey" FOREIGN KEY ("tenant_id", "restatement_id", "author_id") REFERENCES "restatement"("tenant_id", "id", "author_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "restatement_call" (
    "tenant_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "call_id" UUID NOT NULL,
    "restatement_id" UUID NOT NULL,
    "verdict_before" TEXT NOT NULL,
    "verdict_after" TEXT NOT NULL,
    "band_before" TEXT,
    "band_after" TEXT,
    "reasons_after" TEXT[],

    CONSTRAINT "restatement_call_pkey" PRIMARY KEY ("tenant_id","started_at","call_id","restatement_id")
);
CREATE INDEX "restatement_call_of_idx" ON "restatement_call"("tenant_id", "restatement_id");
ALTER TABLE "restatement_call" ADD CONSTRAINT "restatement_call_tenant_id_restatement_id_fkey" FOREIGN KEY ("tenant_id", "restatement_id") REFERENCES "restatement_decision"("tenant_id", "restatement_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $rules$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['policy_proposal', 'policy_decision', 'restatement', 'restatement_decision', 'restatement_call']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO domicile_web', target);
  END LOOP;
END
$rules$;
