-- Counting what is kept reads this alone, in the order in which it is counted. Uses and states move nothing in it.
CREATE INDEX "resource_kept_idx" ON "resource" ("tenant_id", "kind", "born_in", "born_host", "application_id")
  INCLUDE ("born_at", "expires_at") WHERE deleted_at IS NULL;
