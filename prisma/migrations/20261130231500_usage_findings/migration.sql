-- A case may be about a project of the provider, and of no call: requests that the record does not hold.
ALTER TABLE "finding" ADD COLUMN "project_id" TEXT;
DROP TRIGGER fixed ON "finding";
CREATE TRIGGER fixed BEFORE UPDATE ON "finding" FOR EACH ROW
  EXECUTE FUNCTION keep_fixed('tenant_id', 'id', 'group_key', 'cause', 'host', 'model', 'application_id', 'basis', 'simulated', 'project_id');

-- What else may account for the provider's requests: this day's own calls at its ends, and calls that no project is known of.
ALTER TABLE "usage_comparison" ADD COLUMN "own_edge_calls" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_comparison" ADD COLUMN "unnamed_calls" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_comparison" ALTER COLUMN "own_edge_calls" DROP DEFAULT;
ALTER TABLE "usage_comparison" ALTER COLUMN "unnamed_calls" DROP DEFAULT;

-- Whose requests a project's are, and since when a key of it is here.
GRANT SELECT ("kind", "created_at") ON "provider_credential" TO domicile_worker;
