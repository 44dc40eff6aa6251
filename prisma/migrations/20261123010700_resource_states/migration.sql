-- What a stored object is for and how far it is: the application whose call made it, its state in the provider's words,
-- and what the lines of a batch's file ask for, counted and without their text.
ALTER TABLE "resource" ADD COLUMN "application_id" UUID;
ALTER TABLE "resource" ADD COLUMN "status" TEXT;
ALTER TABLE "resource" ADD COLUMN "status_at" TIMESTAMPTZ(3);
ALTER TABLE "resource" ADD COLUMN "batch_lines" JSONB;
ALTER TABLE "resource" ADD CONSTRAINT "resource_status_whole" CHECK (("status" IS NULL) = ("status_at" IS NULL));
GRANT UPDATE ("application_id", "status", "status_at", "batch_lines") ON "resource" TO domicile_gateway, domicile_worker;
