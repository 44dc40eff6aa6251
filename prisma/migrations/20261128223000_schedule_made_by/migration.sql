-- Whoever made a schedule may end it; one of others takes more. Null where a job made it, or it is older than this column.
ALTER TABLE "report_schedule" ADD COLUMN "created_by" UUID;
DROP TRIGGER fixed ON "report_schedule";
CREATE TRIGGER fixed BEFORE UPDATE ON "report_schedule" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'every', 'filter', 'filter_words', 'created_at', 'created_name', 'created_by');
