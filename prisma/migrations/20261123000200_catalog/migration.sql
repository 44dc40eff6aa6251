-- Catalogs that people publish, what they confirm, and what the provider lists.
ALTER TABLE "catalog_version"
  ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'shipped',
  ADD COLUMN "edition" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "based_on" INTEGER,
  ADD COLUMN "reason" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "published_by_id" UUID,
  ADD COLUMN "published_by" TEXT NOT NULL DEFAULT 'Domicile',
  ADD CONSTRAINT "catalog_version_origin" CHECK ("origin" IN ('shipped', 'edited', 'imported', 'edition')),
  ADD CONSTRAINT "catalog_version_follows" CHECK (("version" = 1 AND "based_on" IS NULL) OR "based_on" = "version" - 1);

-- The table as each program brought it, so that a newer one can be told apart from what was changed here.
CREATE TABLE "catalog_edition" (
    "edition" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_edition_pkey" PRIMARY KEY ("edition")
);
INSERT INTO "catalog_edition" ("edition", "sha256", "body", "kept_at")
  SELECT 1, "sha256", "body", "adopted_at" FROM "catalog_version" WHERE "version" = 1;

CREATE TABLE "catalog_confirmation" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "row_table" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "row_sha256" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "statement" TEXT NOT NULL,

    CONSTRAINT "catalog_confirmation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "catalog_confirmation_row_idx" ON "catalog_confirmation"("row_table", "row_id", "at");

CREATE TABLE "catalog_adoption" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "adopted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_adoption_pkey" PRIMARY KEY ("tenant_id","version")
);

CREATE TABLE "model_listing" (
    "tenant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    -- Whose key asked: a credential's id, or `caller` for a key the gateway never keeps.
    "credential" TEXT NOT NULL,
    "call_id" UUID NOT NULL,
    "simulated" BOOLEAN NOT NULL,
    "models" JSONB NOT NULL,
    "models_sha256" TEXT NOT NULL,
    "first" BOOLEAN NOT NULL,
    "added" TEXT[],
    "removed" TEXT[],
    "shutdowns" TEXT[],

    CONSTRAINT "model_listing_pkey" PRIMARY KEY ("tenant_id","at","id")
);
CREATE INDEX "model_listing_newest_idx" ON "model_listing"("tenant_id", "host", "credential", "at");

DO $rules$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['catalog_adoption', 'model_listing'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY read_tenants ON %I FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]))', target);
    EXECUTE format('CREATE POLICY insert_tenant ON %I FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()))', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['catalog_edition', 'catalog_confirmation', 'catalog_adoption', 'model_listing'] LOOP
    EXECUTE format('CREATE TRIGGER keep_row BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', target);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %I EXECUTE FUNCTION refuse_change()', target);
  END LOOP;
END
$rules$;

GRANT SELECT, INSERT ON "catalog_edition" TO domicile_web, domicile_gateway, domicile_worker;
GRANT SELECT, INSERT ON "catalog_confirmation" TO domicile_web;
GRANT SELECT, INSERT ON "catalog_adoption" TO domicile_web, domicile_worker;
GRANT SELECT, INSERT ON "model_listing" TO domicile_gateway;
GRANT SELECT ON "model_listing" TO domicile_web;
