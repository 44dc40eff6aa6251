import type { Said } from "../../../lib/core/calls/call-facts.ts";
import { type ArrivalPlan, arrivals } from "./arrivals.ts";
import { type Outage, outageEnding } from "./outage.ts";
import { type Random, randomOf } from "./random.ts";
import {
  answered,
  notStored,
  type StoryCall,
  type StoryEnding,
  type StoryOperation,
  unsaid,
} from "./story-call.ts";

/** What an application usually does. */
export type Traffic = ArrivalPlan & {
  readonly key: string;
  readonly operation: StoryOperation;
  /** The first is used most. */
  readonly models: readonly string[];
  /** Share of streaming calls. */
  readonly streams: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly store?: Said<boolean>;
  /** Countries of the people it serves, where it says so. */
  readonly subjects?: readonly string[];
  /** When the host it uses did not work; null where it uses another. */
  readonly outage: Outage | null;
};

/** The everyday calls of an application, with the small failures every day has. */
export function traffic(plan: Traffic, seed: string): StoryCall[] {
  const random = randomOf(`${seed}/${plan.key}/${plan.operation}`);
  return arrivals(plan, random).map((at) => everydayCall(plan, at, random));
}

function everydayCall(plan: Traffic, at: number, random: Random): StoryCall {
  const { key, operation } = plan;
  const stream = random.chance(plan.streams);
  return {
    at,
    key,
    operation,
    model: operation === "models" ? null : modelOf(plan.models, random),
    stream,
    store: plan.store ?? (operation === "responses" ? notStored : unsaid),
    serviceTier: null,
    featuresOffered: [],
    featuresUsed: [],
    requestedTarget: null,
    subjectCountry: plan.subjects ? random.pick(plan.subjects) : null,
    inputTokens: Math.round(random.skewed(plan.inputTokens, 0.6)),
    outputTokens: operation === "embeddings" ? 0 : Math.round(random.skewed(plan.outputTokens, 0.5)),
    ending: outageEnding(plan.outage, at, random) ?? everydayEnding(stream, random),
    reportedHost: null,
  };
}

function modelOf(models: readonly string[], random: Random): string {
  const first = models[0];
  return first !== undefined && random.chance(0.72) ? first : random.pick(models);
}

function everydayEnding(stream: boolean, random: Random): StoryEnding {
  if (random.chance(0.0035)) return { kind: "error", status: 429, code: "rate_limit_exceeded" };
  if (random.chance(0.0012)) return { kind: "error", status: 500, code: null };
  if (random.chance(0.0006)) return { kind: "not_sent", failure: random.pick(["connect_timeout", "dns"]) };
  if (stream && random.chance(0.006)) return { kind: "abandoned" };
  return answered;
}
