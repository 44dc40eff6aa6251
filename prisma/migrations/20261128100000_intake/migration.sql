-- What a call says since facts_v 4: how it came to be known where another program tells it, and the caller's trace.
ALTER TABLE "call" ADD COLUMN "reported" JSONB;
ALTER TABLE "call" ADD COLUMN "trace_id" TEXT;

-- By which a report that speaks of the gateway's own call finds it. Calls that were reported are not in them.
CREATE INDEX "call_answer_idx" ON "call" ("tenant_id", "provider_object_id", "started_at")
  WHERE provider_object_id IS NOT NULL AND reported IS NULL;
CREATE INDEX "call_trace_idx" ON "call" ("tenant_id", "trace_id", "started_at")
  WHERE trace_id IS NOT NULL AND reported IS NULL;

-- The ids under which calls were reported, so that each is recorded once. Not partitioned: an id stays taken for ever.
CREATE TABLE "intake_key" (
    "tenant_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "call_id" UUID,

    CONSTRAINT "intake_key_pkey" PRIMARY KEY ("tenant_id", "client_id")
);
ALTER TABLE "intake_key" ADD CONSTRAINT "intake_key_digest" CHECK (octet_length(digest) = 32);
ALTER TABLE "intake_key" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "intake_key" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "intake_key" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "intake_key" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
GRANT SELECT, INSERT ON "intake_key" TO domicile_gateway;
CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON "intake_key" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON "intake_key" EXECUTE FUNCTION refuse_change();

-- Reports of calls that went through our own gateway: the gateway's call is the record, this is what the caller says of it.
CREATE TABLE "corroboration" (
    "tenant_id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "application_id" UUID NOT NULL,
    "host" TEXT,
    "status" INTEGER,
    "gateway_call_id" UUID,
    "provider_object_id" TEXT,
    "trace_id" TEXT,
    "call_id" UUID,

    CONSTRAINT "corroboration_pkey" PRIMARY KEY ("tenant_id", "client_id")
);
CREATE INDEX "corroboration_call_idx" ON "corroboration" ("tenant_id", "call_id") WHERE call_id IS NOT NULL;
CREATE INDEX "corroboration_open_idx" ON "corroboration" ("tenant_id", "received_at") WHERE call_id IS NULL;
ALTER TABLE "corroboration" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "corroboration" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "corroboration" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "corroboration" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "corroboration" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()));
GRANT SELECT ON "corroboration" TO domicile_web;
GRANT SELECT, INSERT ON "corroboration" TO domicile_gateway;
GRANT SELECT, UPDATE ("call_id") ON "corroboration" TO domicile_worker;
CREATE TRIGGER fixed BEFORE UPDATE ON "corroboration" FOR EACH ROW EXECUTE FUNCTION keep_fixed('tenant_id', 'client_id',
  'received_at', 'started_at', 'source', 'application_id', 'host', 'status', 'gateway_call_id', 'provider_object_id', 'trace_id');
CREATE TRIGGER once BEFORE UPDATE ON "corroboration" FOR EACH ROW EXECUTE FUNCTION set_once('call_id');
