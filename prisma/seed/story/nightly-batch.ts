import type { BatchLineGroup } from "../../../lib/core/calls/batch-lines.ts";
import type { NamedObject, ObjectKind, ObjectRef } from "../../../lib/core/calls/provider-object.ts";
import { type Random, randomOf } from "./random.ts";
import { chatCall } from "./scenes.ts";
import type { StoryCall, StoryObjects } from "./story-call.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

export type BatchPlan = {
  /** Name of the key: its target decides through which host the file goes, and where it is kept from then on. */
  readonly key: string;
  readonly model: string;
  /** Nights before `end`, the last one first. */
  readonly nights: readonly number[];
  readonly end: number;
  readonly lines: number;
};

/**
 * A file of requests is uploaded in the evening and handed in as a batch; in the morning its state and its output are read.
 * Whatever host the file went through, the batch and the output come from there.
 */
export function nightlyBatches(plan: BatchPlan, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/${plan.key}/batches`);
  return plan.nights.flatMap((nights) => {
    const evening = Math.floor(plan.end / dayMs) * dayMs - nights * dayMs + random.whole(0, 20 * minuteMs);
    return night(plan, evening, random);
  });
}

function night({ key, model, lines }: BatchPlan, at: number, random: Random): StoryCall[] {
  const input = ref("file", "file-", random);
  const batch = ref("batch", "batch_", random);
  const output = ref("file", "file-", random);
  const count = Math.round(lines * (0.8 + 0.4 * random.next()));
  const asked: BatchLineGroup[] = [{ endpoint: "/v1/chat/completions", model, features: [], count }];
  const bytes = count * random.whole(900, 1_100);
  const made = born(output, Math.round(bytes * 1.4), batch);
  const call = (over: Partial<StoryCall> & Pick<StoryCall, "at" | "operation" | "objects">): StoryCall =>
    chatCall({ key, model: null, outputTokens: 0, inputTokens: 0, ...over });
  return [
    call({
      at,
      operation: "upload_file",
      inputTokens: Math.round(bytes / 4.2),
      objects: { ...nothing, named: [born(input, bytes)], lines: asked },
    }),
    call({
      at: at + 2 * minuteMs,
      operation: "create_batch",
      objects: {
        used: [input],
        named: [born(batch, null)],
        states: [{ ...batch, status: "validating" }],
        lines: asked,
      },
    }),
    call({
      at: at + 9 * 60 * minuteMs,
      operation: "read_batch",
      objects: {
        ...nothing,
        used: [batch],
        named: [born(batch, null), { ...made, bytes: null }],
        states: [{ ...batch, status: "completed" }],
      },
    }),
    call({
      at: at + 9 * 60 * minuteMs + 40_000,
      operation: "read_file",
      outputTokens: Math.round(bytes / 3),
      objects: { ...nothing, used: [output] },
    }),
  ];
}

const nothing: StoryObjects = { used: [], named: [], states: [], lines: [] };

function ref(kind: ObjectKind, prefix: string, random: Random): ObjectRef {
  return { kind, id: `${prefix}${Buffer.from(random.bytes(12)).toString("hex")}` };
}

function born(object: ObjectRef, bytes: number | null, madeBy: ObjectRef | null = null): NamedObject {
  return { ...object, bytes, expiresAt: null, madeBy };
}
