import { randomOf } from "./random.ts";
import { chatCall, workingDay } from "./scenes.ts";
import { notStored, type StoryCall, unsaid } from "./story-call.ts";
import { traffic } from "./traffic.ts";
import type { StoryWindow } from "./window.ts";

const minuteMs = 60_000;

/**
 * A bank in Europe whose policy blocks. Its project was looked up in the third day; its old ledger job still
 * names the global host and is stopped; so is a tool of somebody else's in a summary.
 */
export function nordbankEu(window: StoryWindow): StoryCall[] {
  const { from, end: to, scale, europeanOutage } = window;
  const seed = `${window.seed}/nordbank-eu`;
  const shared = { from, to, utcOffsetHours: 1, outage: europeanOutage } as const;
  return [
    ...traffic(
      {
        ...shared,
        key: "Customer assistant",
        operation: "chat",
        models: ["gpt-5.5", "gpt-5.6-terra", "gpt-5.4-mini-2026-03-17"],
        calls: 9_200 * scale,
        rhythm: "office",
        streams: 0.85,
        inputTokens: 900,
        outputTokens: 240,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Document summaries",
        operation: "responses",
        models: ["gpt-5.4-2026-03-05", "gpt-6-luna"],
        calls: 4_600 * scale,
        rhythm: "office",
        streams: 0.1,
        inputTokens: 5_200,
        outputTokens: 420,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Search index",
        operation: "embeddings",
        models: ["text-embedding-3-large"],
        calls: 4_300 * scale,
        rhythm: "nightly",
        streams: 0,
        inputTokens: 3_100,
        outputTokens: 0,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Fraud notes",
        operation: "chat",
        models: ["gpt-6-luna"],
        calls: 1_300 * scale,
        rhythm: "office",
        streams: 0,
        inputTokens: 1_700,
        outputTokens: 330,
      },
      seed,
    ),
    ...traffic(
      {
        ...shared,
        key: "Document summaries",
        operation: "models",
        models: [],
        calls: 480 * scale,
        rhythm: "even",
        streams: 0,
        inputTokens: 0,
        outputTokens: 0,
      },
      seed,
    ),
    ...ledgerBatch(to, seed),
    ...foreignTool(to, seed),
    ...storedBeforeThePinWasKnown(from, seed),
  ];
}

/** Three nights in which an old job came back to life: each call is stopped before it leaves. */
function ledgerBatch(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/ledger`);
  return [31, 30, 29].flatMap((daysBefore) => {
    const from = workingDay(end, daysBefore, 1, 15);
    return Array.from({ length: 64 }, (_, i) =>
      chatCall({
        at: from + i * 40_000 + random.whole(0, 20_000),
        key: "Ledger batch",
        model: "gpt-5.4-mini-2026-03-17",
        inputTokens: random.whole(300, 900),
        outputTokens: random.whole(40, 160),
      }),
    );
  });
}

/** A case worker tries a remote tool: its place is nobody's promise, so the policy stops the call. */
function foreignTool(end: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/tool`);
  const from = workingDay(end, 15, 13, 5);
  return Array.from({ length: 14 }, (_, i) =>
    chatCall({
      at: from + i * 3 * minuteMs + random.whole(0, minuteMs),
      key: "Document summaries",
      operation: "responses",
      model: "gpt-5.4-2026-03-05",
      store: notStored,
      featuresOffered: ["mcp"],
    }),
  );
}

/** Responses kept at the provider while nobody had yet looked up what the project is bound to. */
function storedBeforeThePinWasKnown(from: number, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/stored`);
  return Array.from({ length: 22 }, (_, i) =>
    chatCall({
      at: from + 9 * 60 * minuteMs + i * 11 * minuteMs + random.whole(0, 5 * minuteMs),
      key: "Document summaries",
      operation: "responses",
      model: "gpt-5.4-2026-03-05",
      store: unsaid,
    }),
  );
}
