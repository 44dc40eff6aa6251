-- Roles first: every grant below names them. They cannot sign in; the login role of each process is a member of one
-- of them and is made per database outside the migrations. Several databases of one server share them.
DO $roles$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['domicile_web', 'domicile_gateway', 'domicile_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of this server was migrated at the same moment
      END;
    END IF;
  END LOOP;
END
$roles$;

-- Buckets of two histograms, added one by one. Both have the same length.
CREATE FUNCTION histogram_add(a integer[], b integer[]) RETURNS integer[]
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT array_agg(x + y ORDER BY i) FROM unnest(a, b) WITH ORDINALITY AS u (x, y, i) $$;

CREATE AGGREGATE histogram_sum(integer[]) (
  SFUNC = histogram_add, STYPE = integer[], COMBINEFUNC = histogram_add, PARALLEL = SAFE
);

-- CreateTable
CREATE TABLE "audit_event" (
    "tenant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id","at","id")
);

-- CreateTable
CREATE TABLE "system_event" (
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "system_event_pkey" PRIMARY KEY ("at","id")
);

-- CreateTable
CREATE TABLE "call_intent" (
    "tenant_id" UUID NOT NULL,
    "boot_id" UUID NOT NULL,
    "n" BIGINT NOT NULL,
    "call_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "key_id" UUID,
    "application_id" UUID NOT NULL,
    "credential_id" UUID,
    "source" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "endpoint" TEXT,
    "path" TEXT NOT NULL,
    "model_requested" TEXT,
    "target" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "intended_region" TEXT,
    "policy_version" INTEGER NOT NULL,
    "catalog_version" INTEGER NOT NULL,
    "relay_country" TEXT,
    "simulated" BOOLEAN NOT NULL,

    CONSTRAINT "call_intent_pkey" PRIMARY KEY ("tenant_id","boot_id","n")
);

-- CreateTable
CREATE TABLE "call" (
    "tenant_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,
    "boot_id" UUID,
    "intent_n" BIGINT,
    "key_id" UUID,
    "application_id" UUID NOT NULL,
    "credential_id" UUID,
    "target" TEXT NOT NULL,
    "intended_region" TEXT,
    "host" TEXT,
    "served_region" TEXT,
    "status" INTEGER,
    "call_end" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "model_requested" TEXT,
    "model_answered" TEXT,
    "stream" BOOLEAN NOT NULL,
    "region_dim" TEXT NOT NULL,
    "host_dim" TEXT NOT NULL,
    "model_dim" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "band" TEXT,
    "basis" TEXT NOT NULL,
    "reasons" TEXT[],
    "causes" TEXT[],
    "claims" JSONB NOT NULL,
    "finding_ids" UUID[],
    "policy_version" INTEGER,
    "catalog_version" INTEGER NOT NULL,
    "judge_version" INTEGER NOT NULL,
    "pin" JSONB NOT NULL,
    "facts" JSONB NOT NULL,
    "refusal" JSONB,
    "would_block" JSONB,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cached_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "ttft_ms" INTEGER,
    "request_bytes" BIGINT,
    "response_bytes" BIGINT,
    "body_digest" TEXT,
    "provider_object_id" TEXT,
    "client_request_id" TEXT,
    "simulated" BOOLEAN NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("tenant_id","started_at","id")
) PARTITION BY RANGE ("started_at");

-- CreateTable
CREATE TABLE "attempt" (
    "tenant_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "call_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "dialled_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER,
    "host" TEXT NOT NULL,
    "served_region" TEXT,
    "progress" TEXT NOT NULL,
    "status" INTEGER,
    "verdict" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "reasons" TEXT[],
    "evidence" JSONB NOT NULL,
    "claims" JSONB NOT NULL,
    "simulated" BOOLEAN NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("tenant_id","started_at","call_id","no")
) PARTITION BY RANGE ("started_at");

-- CreateTable
CREATE TABLE "late_outcome" (
    "tenant_id" UUID NOT NULL,
    "call_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verdict" TEXT NOT NULL,
    "reasons" TEXT[],
    "record" JSONB NOT NULL,

    CONSTRAINT "late_outcome_pkey" PRIMARY KEY ("tenant_id","call_id")
);

-- CreateTable
CREATE TABLE "recording_head" (
    "tenant_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "recording_head_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "dimension_value" (
    "tenant_id" UUID NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dimension_value_pkey" PRIMARY KEY ("tenant_id","dimension","value")
);

-- CreateTable
CREATE TABLE "catalog_version" (
    "version" INTEGER NOT NULL,
    "as_of" DATE NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" INTEGER NOT NULL,
    "master_key_fingerprint" TEXT,
    "config_revision" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_leader" (
    "job" TEXT NOT NULL,
    "fence" BIGINT NOT NULL DEFAULT 0,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_leader_pkey" PRIMARY KEY ("job")
);

-- CreateTable
CREATE TABLE "finding" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "group_key" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "host" TEXT,
    "model" TEXT,
    "application_id" UUID,
    "application" TEXT,
    "basis" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "resolution" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "simulated" BOOLEAN NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "finding_counter" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "calls" BIGINT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "finding_counter_pkey" PRIMARY KEY ("tenant_id","finding_id")
);

-- CreateTable
CREATE TABLE "finding_event" (
    "tenant_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "resolution" TEXT,
    "days_clean" INTEGER,

    CONSTRAINT "finding_event_pkey" PRIMARY KEY ("tenant_id","finding_id","id")
);

-- CreateTable
CREATE TABLE "gateway_boot" (
    "id" UUID NOT NULL,
    "instance" TEXT NOT NULL,
    "relay_country" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "fenced_at" TIMESTAMPTZ(3),
    "swept_at" TIMESTAMPTZ(3),

    CONSTRAINT "gateway_boot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_key" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "lookup_id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "gateway_key_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "deployment_admin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "tenant_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id","person_id")
);

-- CreateTable
CREATE TABLE "policy_version" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "preset" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("tenant_id","version")
);

-- CreateTable
CREATE TABLE "provider_credential" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "project_id" TEXT,
    "hosts" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_credential_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "pin" (
    "tenant_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "region" TEXT,
    "source" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3),
    "attested_by" TEXT,
    "statement" TEXT,
    "stated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pin_pkey" PRIMARY KEY ("tenant_id","credential_id","id")
);

-- CreateTable
CREATE TABLE "rollup_hour" (
    "tenant_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "application_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "causes" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "calls" BIGINT NOT NULL,
    "attempts" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "without_end" BIGINT NOT NULL,
    "would_block" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cached_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "request_bytes" BIGINT NOT NULL,
    "response_bytes" BIGINT NOT NULL,
    "duration_ms_sum" BIGINT NOT NULL,
    "latency" INTEGER[],
    "ttft" INTEGER[],

    CONSTRAINT "rollup_hour_pkey" PRIMARY KEY ("tenant_id","hour","application_id","provider","region","host","model","operation","verdict","band","basis","source","causes","simulated")
);

-- CreateTable
CREATE TABLE "rollup_day" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "application_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "causes" TEXT NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "calls" BIGINT NOT NULL,
    "attempts" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "without_end" BIGINT NOT NULL,
    "would_block" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cached_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "request_bytes" BIGINT NOT NULL,
    "response_bytes" BIGINT NOT NULL,
    "duration_ms_sum" BIGINT NOT NULL,
    "latency" INTEGER[],
    "ttft" INTEGER[],

    CONSTRAINT "rollup_day_pkey" PRIMARY KEY ("tenant_id","day","application_id","provider","region","host","model","operation","verdict","band","basis","source","causes","simulated")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_throttle" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_throttle_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "application_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "call_verdict_idx" ON "call"("tenant_id", "verdict", "started_at", "id");

-- CreateIndex
CREATE INDEX "call_seq_idx" ON "call"("tenant_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "finding_group_key" ON "finding"("tenant_id", "group_key");

-- CreateIndex
CREATE INDEX "finding_counter_newest_idx" ON "finding_counter"("tenant_id", "last_seen_at", "finding_id");

-- CreateIndex
CREATE INDEX "gateway_boot_sweep_idx" ON "gateway_boot"("swept_at", "lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "gateway_key_lookup_key" ON "gateway_key"("lookup_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "membership_person_idx" ON "membership"("person_id");

-- CreateIndex
CREATE INDEX "pin_newest_idx" ON "pin"("tenant_id", "credential_id", "stated_at");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_person_idx" ON "session"("person_id", "last_seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "application_name_key" ON "application"("tenant_id", "name", "environment");

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_tenant_id_application_id_fkey" FOREIGN KEY ("tenant_id", "application_id") REFERENCES "application"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_tenant_id_started_at_call_id_fkey" FOREIGN KEY ("tenant_id", "started_at", "call_id") REFERENCES "call"("tenant_id", "started_at", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "recording_head" ADD CONSTRAINT "recording_head_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "finding_counter" ADD CONSTRAINT "finding_counter_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "finding"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_tenant_id_finding_id_fkey" FOREIGN KEY ("tenant_id", "finding_id") REFERENCES "finding"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_tenant_id_application_id_fkey" FOREIGN KEY ("tenant_id", "application_id") REFERENCES "application"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "pin" ADD CONSTRAINT "pin_tenant_id_credential_id_fkey" FOREIGN KEY ("tenant_id", "credential_id") REFERENCES "provider_credential"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "application" ADD CONSTRAINT "application_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Closed sets. The types of lib/core and lib/contracts name the same words.
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_one_row" CHECK ("id" = 1);
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_mode" CHECK ("mode" IN ('live', 'simulated'));
ALTER TABLE "person" ADD CONSTRAINT "person_email_lower" CHECK ("email" = lower("email"));
ALTER TABLE "membership" ADD CONSTRAINT "membership_role" CHECK ("role" IN ('admin', 'officer', 'auditor', 'developer'));
ALTER TABLE "application" ADD CONSTRAINT "application_environment" CHECK ("environment" IN ('production', 'test'));
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_number" CHECK ("version" >= 1);
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_kind" CHECK ("kind" IN ('gateway', 'intake'));
ALTER TABLE "gateway_key" ADD CONSTRAINT "gateway_key_hash" CHECK (length("secret_hash") = 32);
ALTER TABLE "session" ADD CONSTRAINT "session_hash" CHECK (length("token_hash") = 32);
ALTER TABLE "pin" ADD CONSTRAINT "pin_kind" CHECK ("kind" IN ('processing', 'storage_only', 'global', 'unknown'));
ALTER TABLE "pin" ADD CONSTRAINT "pin_source" CHECK ("source" IN ('admin_api', 'probe', 'attestation', 'none'));
ALTER TABLE "pin" ADD CONSTRAINT "pin_region" CHECK (("kind" IN ('processing', 'storage_only')) = ("region" IS NOT NULL));
ALTER TABLE "provider_credential" ADD CONSTRAINT "provider_credential_hosts" CHECK (cardinality("hosts") >= 1);
ALTER TABLE "call_intent" ADD CONSTRAINT "call_intent_n" CHECK ("n" >= 1);
ALTER TABLE "call" ADD CONSTRAINT "call_verdict"
  CHECK ("verdict" IN ('compliant', 'violation', 'unverifiable', 'blocked', 'not_applicable'));
ALTER TABLE "call" ADD CONSTRAINT "call_band"
  CHECK ("band" IS NULL OR "band" IN ('in_region', 'permitted', 'unverifiable', 'outside', 'stopped'));
ALTER TABLE "call" ADD CONSTRAINT "call_basis" CHECK ("basis" IN ('observed', 'reported', 'none'));
ALTER TABLE "call" ADD CONSTRAINT "call_source" CHECK ("source" IN ('gateway', 'playground', 'intake', 'otlp', 'litellm'));
ALTER TABLE "call" ADD CONSTRAINT "call_end"
  CHECK ("call_end" IN ('complete', 'client_abort', 'upstream_failed', 'refused', 'unknown'));
ALTER TABLE "call" ADD CONSTRAINT "call_seq" CHECK ("seq" >= 1);
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_no" CHECK ("no" >= 1);
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_verdict"
  CHECK ("verdict" IN ('compliant', 'violation', 'unverifiable', 'blocked', 'not_applicable'));
ALTER TABLE "finding" ADD CONSTRAINT "finding_state"
  CHECK ("state" IN ('open', 'acknowledged', 'investigating', 'resolved', 'accepted'));
ALTER TABLE "finding" ADD CONSTRAINT "finding_severity" CHECK ("severity" IN ('critical', 'high', 'medium', 'low'));
ALTER TABLE "finding" ADD CONSTRAINT "finding_resolution"
  CHECK (("state" = 'resolved') = ("resolution" IS NOT NULL)
    AND ("resolution" IS NULL OR "resolution" IN ('config_fix', 'traffic_fix', 'provider_fix', 'false_positive')));
ALTER TABLE "finding_event" ADD CONSTRAINT "finding_event_kind"
  CHECK ("kind" IN ('opened', 'acknowledged', 'resolved', 'reopened', 'commented'));
ALTER TABLE "dimension_value" ADD CONSTRAINT "dimension_value_dimension" CHECK ("dimension" IN ('host', 'model'));

INSERT INTO "deployment" ("id") VALUES (1);
