-- What a call says since facts_v 2: why the provider ended the answer, and that its record waited on a gateway's disk.
ALTER TABLE "call" ADD COLUMN "finish_reason" TEXT;
ALTER TABLE "call" ADD COLUMN "gap" TEXT;
ALTER TABLE "call" ADD CONSTRAINT "call_gap" CHECK ("gap" IN ('spooled'));

-- Domicile's own calls, which refresh the states of stored objects.
ALTER TABLE "call" DROP CONSTRAINT "call_source";
ALTER TABLE "call" ADD CONSTRAINT "call_source"
  CHECK ("source" IN ('gateway', 'playground', 'upkeep', 'intake', 'otlp', 'litellm'));
