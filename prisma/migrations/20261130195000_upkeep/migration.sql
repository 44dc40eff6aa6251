-- A list of models that stays the same is not kept again and again: only when it was seen last moves. It names the newest
-- kept list of each host and key, so that a page reads these alone.
CREATE TABLE "model_listing_seen" (
    "tenant_id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "listing_at" TIMESTAMPTZ(3) NOT NULL,
    "listing_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_listing_seen_pkey" PRIMARY KEY ("tenant_id","host","credential"),
    CONSTRAINT "model_listing_seen_order" CHECK ("seen_at" >= "listing_at")
);

-- Row security binds the table's owner, too: without this the migration would see no row.
ALTER TABLE "model_listing" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "model_listing_seen" ("tenant_id", "host", "credential", "listing_at", "listing_id", "seen_at")
  SELECT DISTINCT ON ("tenant_id", "host", "credential") "tenant_id", "host", "credential", "at", "id", "at" FROM "model_listing"
   ORDER BY "tenant_id", "host", "credential", "at" DESC, "id" DESC;
ALTER TABLE "model_listing" FORCE ROW LEVEL SECURITY;
-- Its readers were the two questions that the new table answers.
DROP INDEX "model_listing_newest_idx";

ALTER TABLE "model_listing_seen" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "model_listing_seen" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "model_listing_seen" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "model_listing_seen" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "model_listing_seen" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()))
  WITH CHECK (tenant_id = (SELECT writable_tenant()));
GRANT SELECT, INSERT, UPDATE ("listing_at", "listing_id", "seen_at") ON "model_listing_seen" TO domicile_gateway;
GRANT SELECT ON "model_listing_seen" TO domicile_web;

-- What nobody needs any more goes: `deletePassed` of the worker.
GRANT DELETE ON "import_error" TO domicile_worker;
GRANT SELECT ("tenant_id", "expires_at"), DELETE ON "report_link" TO domicile_worker;
CREATE POLICY delete_tenant ON "report_link" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));

-- The worker reads no session. Of each person the last one stays, which says when he signed in, and none goes that may be alive.
CREATE FUNCTION delete_old_sessions(begun_before timestamptz) RETURNS integer
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH gone AS (
      DELETE FROM session s WHERE s.created_at < least(begun_before, now() - interval '1 day')
         AND EXISTS (SELECT FROM session n WHERE n.person_id = s.person_id AND n.created_at > s.created_at) RETURNING 1)
    SELECT count(*)::integer FROM gone
  $$;
REVOKE ALL ON FUNCTION delete_old_sessions(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_old_sessions(timestamptz) TO domicile_worker;

-- What getFinding asks of late ends, and reports of the audit trail, without reading all of a tenant's rows.
CREATE INDEX "late_outcome_finding_idx" ON "late_outcome" USING gin ("finding_ids");
CREATE INDEX "audit_event_kind_idx" ON "audit_event" ("tenant_id", "kind", "subject");
