import { v7 } from "uuid";
import type { CallRecord } from "../../../lib/core/calls/call-record.ts";
import { recordCalls } from "../../../lib/services/calls/record-calls.ts";
import { recordHeartbeat } from "../../../lib/services/ledger/record-heartbeat.ts";
import { atlasUk } from "./atlas-uk.ts";
import { atlasUs } from "./atlas-us.ts";
import { meridianHybrid } from "./meridian-hybrid.ts";
import { nordbankApps } from "./nordbank-apps.ts";
import { nordbankEu } from "./nordbank-eu.ts";
import { outageBefore } from "./outage.ts";
import { randomOf } from "./random.ts";
import { recordOfStoryCall } from "./record-story-call.ts";
import type { StoryCall } from "./story-call.ts";
import type { StoryTenant } from "./story-tenant.ts";
import type { StoryWindow } from "./window.ts";

const dayMs = 86_400_000;
const storyDays = 60;

/** Where the story begins that ends at `end`. */
export function storyWindow(end: number, scale = 1): StoryWindow {
  const from = end - storyDays * dayMs;
  return { from, end, scale, seed: "domicile", europeanOutage: outageBefore(end) };
}

/**
 * Records the sixty days of one tenant, oldest first, through the recording verb. The same window tells the
 * same story, call for call; telling it twice adds nothing.
 */
export async function tellStory(tenant: StoryTenant, window: StoryWindow): Promise<number> {
  let told = 0;
  let isNew = false;
  let last: CallRecord["intent"] = null;
  for (const records of storyRecords(tenant, window)) {
    const results = await recordCalls(tenant.id, records, writtenDownAt);
    const rejected = results.find((result) => result.outcome === "rejected");
    if (rejected?.outcome === "rejected") throw rejected.error;
    told += records.length;
    isNew ||= results.some(({ outcome }) => outcome === "recorded");
    last = records.findLast(({ intent }) => intent !== null)?.intent ?? last;
  }
  // As a gateway says at its end: every number it gave out has its entry.
  if (isNew && last !== null)
    await recordHeartbeat(tenant.id, {
      boot: last.bootId,
      issuedTo: last.n,
      open: { ranges: [], count: 0 },
    });
  return told;
}

/**
 * The records of the story in the order of their starts, a thousand at a time, as one run of one gateway numbers them.
 */
export function* storyRecords(tenant: StoryTenant, window: StoryWindow): Generator<CallRecord[]> {
  const scenes = stories[tenant.slug];
  if (!scenes) throw new Error(`There is no story of ${tenant.slug}.`);
  const random = randomOf(`${window.seed}/${tenant.slug}/records`);
  const bootId = v7({
    msecs: window.from,
    random: randomOf(`${window.seed}/${tenant.slug}/boot`).bytes(16),
    seq: 0,
  });
  let n = 0;
  const numbered = (record: CallRecord): CallRecord =>
    record.source !== "gateway" || record.end === "refused"
      ? record
      : { ...record, intent: { bootId, n: ++n } };
  const calls = scenes(window)
    .filter(({ at }) => at >= window.from && at < window.end - longestCallMs)
    .sort((a, b) => a.at - b.at);
  for (let from = 0; from < calls.length; from += batchCalls) {
    yield calls
      .slice(from, from + batchCalls)
      .map((call) => numbered(recordOfStoryCall(call, tenant, random)));
  }
}

const batchCalls = 1_000;

/** So that no call of the story ends after its now. */
const longestCallMs = 60_000;

const stories: Readonly<Record<string, (window: StoryWindow) => StoryCall[]>> = {
  "nordbank-eu": nordbankEu,
  "nordbank-apps": nordbankApps,
  "atlas-us": atlasUs,
  "atlas-uk": atlasUk,
  "meridian-hybrid": meridianHybrid,
};

/** A moment after the call ended; for one without an end, when the sweeper would have found it. */
function writtenDownAt(record: CallRecord): Date {
  const ended = record.endedAt === null ? Date.parse(record.startedAt) + 20_000 : Date.parse(record.endedAt);
  return new Date(ended + 3);
}
