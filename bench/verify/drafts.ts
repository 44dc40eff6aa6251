import { heartbeatDraft } from "../../lib/core/ledger/entries/boot-body.ts";
import { callDraft } from "../../lib/core/ledger/entries/call-draft.ts";
import type { EntryDraft } from "../../lib/core/ledger/entries/entry-draft.ts";
import { sampleCall } from "../../lib/core/ledger/pack/testing/sample-calls.ts";
import type { PolicyInForce } from "../../lib/core/policies/policy.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { chat, dialled } from "../../lib/core/testing/case.ts";

export const day = "2026-11-22T";
const boot = "019aab00-0000-7000-8000-0000000000b1";
const models = ["gpt-4o-2024-08-06", "gpt-4.1-2025-04-14", "gpt-4o-mini-2024-07-18"];
/** Kinds of calls: application × model × host, as a tenant of some size has them. */
const kinds = 96;

/** By what calls are judged; as the samples are where it is not said. */
export type JudgedBy = {
  readonly policy: PolicyInForce;
  readonly catalog: Catalog;
  readonly catalogSha256: string;
};

/**
 * Answers the entry of each place from 1 on, the same each time: calls of several applications and models, some through the
 * global host; every thousandth is a heartbeat's, so that the calls before it have the numbers up to there.
 */
export function openDrafts(by: JudgedBy | null = null): (place: number) => EntryDraft {
  const known = new Map<number, ReturnType<typeof sampleCall>>();
  const shapeOf = (kind: number) => {
    const shape = known.get(kind) ?? newShape(kind, by);
    known.set(kind, shape);
    return shape;
  };
  return (place) => {
    const beats = Math.floor(place / 1_000);
    if (place % 1_000 === 0)
      return heartbeatDraft({ boot, issuedTo: place - beats, open: { ranges: [], count: 0 } });
    return callAt(place, place - beats, shapeOf(place % kinds));
  };
}

function callAt(place: number, n: number, shape: ReturnType<typeof sampleCall>): EntryDraft {
  const startedAt = clockOf(place);
  const attempts = shape.attempts.map(({ facts, judgement }) => ({
    facts: {
      ...facts,
      startedAt,
      durationMs: 400 + (place % 900),
      responseBytes: 900 + (place % 4_000),
      echo: { ...facts.echo, requestId: `req_${place}`, processingMs: place % 700 },
    },
    judgement,
  }));
  return callDraft({
    ...shape,
    record: {
      ...shape.record,
      id: `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`,
      intent: { bootId: boot, n },
      startedAt,
      endedAt: startedAt,
      attempts: attempts.map(({ facts }) => facts),
      ttftMs: place % 800,
      providerObjectId: `chatcmpl-${place}`,
      usage: {
        inputTokens: place % 4_000,
        outputTokens: place % 900,
        cachedInputTokens: 0,
        reasoningTokens: null,
      },
    },
    attempts,
    deciding: attempts.at(-1)?.facts ?? null,
  });
}

function newShape(kind: number, by: JudgedBy | null): ReturnType<typeof sampleCall> {
  const model = models[kind % models.length] as string;
  const host = kind % 12 === 11 ? "api.openai.com" : "eu.api.openai.com";
  const shape = sampleCall(
    1,
    {
      facts: chat({ modelRequested: model, modelAnswered: model, stream: kind % 2 === 0 }),
      attempts: [dialled(host)],
      ...(by && { policy: by.policy, catalog: by.catalog }),
    },
    { applicationId: `019aab00-0000-7000-8000-${String(kind % 16).padStart(12, "0")}` },
  );
  return by === null ? shape : { ...shape, catalogSha256: by.catalogSha256 };
}

/** A moment of the day; later places may have earlier ones again. */
export function clockOf(place: number): string {
  const seconds = place % 86_000;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${day}${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.000Z`;
}
