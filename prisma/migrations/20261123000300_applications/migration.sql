-- What an application's owner declares of it. Name and environment stay what they were: calls are recorded under them.
ALTER TABLE "application" ADD COLUMN "data_category" TEXT NOT NULL DEFAULT 'unknown', ADD COLUMN "owner" TEXT;
ALTER TABLE "application" ADD CONSTRAINT "application_data_category"
  CHECK ("data_category" IN ('special', 'personal', 'confidential', 'internal', 'public', 'unknown'));

CREATE TRIGGER fixed BEFORE UPDATE ON "application" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'name', 'environment', 'created_at');
GRANT UPDATE ("purpose", "data_category", "owner") ON "application" TO domicile_web;

-- A declaration moves the severity of the application's cases that somebody still works on.
GRANT UPDATE ("severity") ON "finding" TO domicile_web;
