import { v7 } from "uuid";
import type { CallRecord } from "../../lib/core/calls/call-record.ts";
import { recordCalls } from "../../lib/services/calls/record-calls.ts";
import { callAt, type StoreTenant, type StoreWorld } from "../../lib/testing/store-world.ts";

/** One kind of call: how often in a thousand, and what differs from a plain chat in region. */
type Kind = {
  readonly per1000: number;
  readonly host?: string;
  readonly over?: (call: CallRecord) => CallRecord;
};

const models = ["gpt-4o-2024-08-06", "gpt-4.1-2025-04-14", "o3", "gpt-5.5-2026-04-23"] as const;

const plain = (model: string, per1000: number, host?: string): Kind => ({
  per1000,
  ...(host === undefined ? {} : { host }),
  over: (call) => ({ ...call, facts: { ...call.facts, modelRequested: model, modelAnswered: model } }),
});

const kinds: readonly Kind[] = [
  plain(models[0], 420),
  plain(models[1], 210),
  plain(models[2], 120),
  plain(models[3], 90),
  {
    per1000: 80,
    over: (call) => ({
      ...call,
      facts: {
        ...call.facts,
        operation: "embeddings.create",
        endpoint: "/v1/embeddings",
        path: "/v1/embeddings",
      },
    }),
  },
  // Known from a log alone.
  {
    per1000: 40,
    over: (call) => ({
      ...call,
      source: "otlp",
      attempts: call.attempts.map((attempt) => ({ ...attempt, peer: null, hostGrade: "D" })),
    }),
  },
  {
    per1000: 20,
    over: (call) => ({ ...call, attempts: call.attempts.map((attempt) => ({ ...attempt, status: 429 })) }),
  },
  plain(models[0], 8, "api.openai.com"),
  plain(models[1], 4, "us.api.openai.com"),
  { per1000: 1, host: "eu.api.openai.com.example" },
  {
    per1000: 5,
    over: (call) => ({
      ...call,
      end: "refused",
      attempts: [],
      refusal: {
        code: "region_blocked",
        message: "Not there.",
        host: "api.openai.com",
      } as CallRecord["refusal"],
      usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
      ttftMs: null,
    }),
  },
  { per1000: 2, over: (call) => ({ ...call, end: "unknown", endedAt: null, ttftMs: null }) },
];

/**
 * Records one call of each kind with the real verb, so that what the seed multiplies is what recording writes, evidence and
 * all. Answers, per kind, its id and its share.
 */
export async function recordTemplates(
  world: StoreWorld,
  tenant: StoreTenant,
  at: Date,
): Promise<{ ids: string[]; per1000: number[] }> {
  const ids: string[] = [];
  const records = kinds.map(({ host, over }, i) => {
    const call = callAt(tenant, new Date(at.getTime() + i).toISOString(), host === undefined ? {} : { host });
    const record = { ...(over?.(call) ?? call), id: v7({ msecs: at.getTime() + i }) };
    ids.push(record.id);
    return record;
  });
  const results = await world.as("gateway", () => recordCalls(tenant.id, records));
  const lost = results.find(({ outcome }) => outcome !== "recorded");
  if (lost) throw new Error(`A template was not recorded: ${JSON.stringify(lost)}`);
  return { ids, per1000: kinds.map(({ per1000 }) => per1000) };
}
