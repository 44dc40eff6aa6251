import type { Attributes } from "@opentelemetry/api";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { genAiName } from "../../core/calls/match-operation.ts";
import type { RecordingOutcome } from "../recording-order.ts";

export type SpanOfRecord = {
  readonly name: string;
  readonly attributes: Attributes;
  /** What went wrong, in one word of a closed set or a status; null: nothing did. */
  readonly errorType: string | null;
};

/**
 * One recorded call as a client span of OpenTelemetry's conventions for generative AI (semantic-conventions 1.38,
 * gen-ai-spans.md), with what Domicile knows beside it. Names, counts and ids; no content.
 */
export function spanOfRecord(record: CallRecord, { verdict, band }: RecordingOutcome): SpanOfRecord {
  const { facts, attempts, usage, refusal } = record;
  const last = attempts.at(-1);
  const sent = last !== undefined && last.progress !== "refused";
  const operation = genAiName(facts.operation);
  const errorType = errorTypeOf(record);
  const attributes: Attributes = {
    "gen_ai.operation.name": operation,
    "gen_ai.provider.name": last?.host.endsWith(".openai.azure.com") ? "azure.ai.openai" : "openai",
    ...said("gen_ai.request.model", facts.modelRequested),
    ...said("gen_ai.response.model", facts.modelAnswered),
    ...said("gen_ai.response.id", record.providerObjectId),
    ...(record.finishReason ? { "gen_ai.response.finish_reasons": [record.finishReason] } : {}),
    ...said("gen_ai.usage.input_tokens", usage.inputTokens),
    ...said("gen_ai.usage.output_tokens", usage.outputTokens),
    ...said("openai.response.service_tier", facts.serviceTier),
    ...(sent ? { "server.address": last.host, "server.port": 443 } : {}),
    ...said("http.response.status_code", last?.status ?? null),
    ...said("error.type", errorType),
    "domicile.call.id": record.id,
    "domicile.tenant.id": record.tenantId,
    "domicile.application.id": record.applicationId,
    "domicile.operation": facts.operation,
    "domicile.call.end": record.end,
    "domicile.call.attempts": attempts.filter(({ progress }) => progress !== "refused").length,
    ...said("domicile.region.intended", record.intendedRegion),
    ...said("domicile.verdict", verdict),
    ...said("domicile.band", band),
    ...said("domicile.refusal.code", refusal?.code ?? null),
    ...said("domicile.policy.version", record.policyVersion),
    "domicile.simulated": facts.simulated,
  };
  const name = facts.modelRequested === null ? operation : `${operation} ${facts.modelRequested}`;
  return { name, attributes, errorType };
}

function errorTypeOf({ refusal, attempts, end }: CallRecord): string | null {
  const last = attempts.at(-1);
  if (refusal) return refusal.code;
  if (last?.failure) return last.failure;
  if (last?.status && last.status >= 400) return String(last.status);
  return end === "complete" ? null : end;
}

const said = (name: string, value: string | number | null): Attributes =>
  value === null ? {} : { [name]: value };
