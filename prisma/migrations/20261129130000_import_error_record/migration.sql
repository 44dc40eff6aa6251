-- A line may hold many records, as of an array of JSON: an error is of a record, by its number in the file. What was kept before
-- goes by its line. USING and no UPDATE: the owner sees no tenant's rows.
ALTER TABLE "import_error" ADD COLUMN "record" INTEGER;
ALTER TABLE "import_error" ALTER COLUMN "record" TYPE INTEGER USING "line", ALTER COLUMN "record" SET NOT NULL;
ALTER TABLE "import_error" DROP CONSTRAINT "import_error_pkey";
ALTER TABLE "import_error" ADD CONSTRAINT "import_error_pkey" PRIMARY KEY ("tenant_id", "import_id", "record");
