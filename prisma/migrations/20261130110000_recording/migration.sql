-- Cases that only the end shows which came after a call was closed without one.
ALTER TABLE "late_outcome" ADD COLUMN "finding_ids" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[];
