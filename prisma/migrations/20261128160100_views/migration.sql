-- Who looked at which evidence, until the worker has put it into the log: one row per person, minute and object. The nil
-- UUID stands for the deployment's own log, so there is no foreign key.
CREATE TABLE "view_note" (
    "tenant_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "person_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "looks" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "view_note_pkey" PRIMARY KEY ("tenant_id","minute","person_id","what","object"),
    CONSTRAINT "view_note_looks" CHECK ("looks" >= 1),
    CONSTRAINT "view_note_object" CHECK (char_length("object") <= 200)
);
ALTER TABLE "view_note" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "view_note" FORCE ROW LEVEL SECURITY;
CREATE POLICY read_tenants ON "view_note" FOR SELECT USING (tenant_id = ANY ((SELECT readable_tenants())::uuid[]));
CREATE POLICY insert_tenant ON "view_note" FOR INSERT WITH CHECK (tenant_id = (SELECT writable_tenant()));
CREATE POLICY update_tenant ON "view_note" FOR UPDATE USING (tenant_id = (SELECT writable_tenant()));
CREATE POLICY delete_tenant ON "view_note" FOR DELETE USING (tenant_id = (SELECT writable_tenant()));
-- Who looks can add a look and take none back.
CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$ BEGIN
    IF NEW.looks <> OLD.looks + 1 OR (to_jsonb(NEW) - 'looks') IS DISTINCT FROM (to_jsonb(OLD) - 'looks') THEN
      RAISE EXCEPTION 'a look is counted, and nothing else changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END $$;
CREATE TRIGGER count_up BEFORE UPDATE ON "view_note" FOR EACH ROW EXECUTE FUNCTION count_up();
GRANT SELECT, INSERT, UPDATE ("looks") ON "view_note" TO domicile_web;
GRANT SELECT, DELETE ON "view_note" TO domicile_worker;
