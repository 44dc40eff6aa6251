import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";
import { comparisonRule } from "../../accounts/compare-usage.ts";
import type { CallFacts } from "../../calls/call-facts.ts";
import type { CallRecord } from "../../calls/call-record.ts";
import { bootClosedDraft, heartbeatDraft } from "../../ledger/entries/boot-body.ts";
import type { ReadCall } from "../../ledger/entries/call-body.ts";
import { callDraft, lateOutcomeDraft } from "../../ledger/entries/call-draft.ts";
import type { Detail } from "../../ledger/entries/detail-codec.ts";
import { decodeEntry, encodeEntry } from "../../ledger/entries/entry.ts";
import type { EntryDraft } from "../../ledger/entries/entry-draft.ts";
import { eventDraft } from "../../ledger/entries/event-body.ts";
import { rangesOf } from "../../ledger/entries/number-ranges.ts";
import { readEntry } from "../../ledger/entries/read-entry.ts";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { chat, dialled, pinnedTo, preset } from "../../testing/case.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { everyCall } from "../call-filter.ts";
import { usageCompared } from "../read-usage-event.ts";
import type { ReportFrame } from "../report-frame.ts";
import { openTally, type Tally } from "../tally.ts";
import { openTallyPart } from "../tally-part.ts";

const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
const euHost = "eu.api.openai.com";
const boot = "019aab00-0000-7000-8000-0000000000b1";

export function call(n: number, host = euHost, over: Partial<CallRecord> = {}): EntryDraft {
  return callDraft(input(n, host, over));
}

/** A question with a file in it: no place is documented for the handling of files. */
export const withFile = (n: number): EntryDraft =>
  callDraft(input(n, euHost, {}, { featuresOffered: ["file_upload"] }));

/** A file by itself: no model runs. */
export const upload = (n: number): EntryDraft =>
  callDraft(
    input(
      n,
      euHost,
      {},
      {
        operation: "files.create",
        endpoint: "/v1/files",
        path: "/v1/files",
        modelRequested: null,
        modelAnswered: null,
      },
    ),
  );

export function input(
  n: number,
  host: string,
  over: Partial<CallRecord> = {},
  facts: Partial<CallFacts> = {},
) {
  return recordedCall(
    {
      facts: chat({ modelRequested: n % 2 === 0 ? "gpt-4o-2024-08-06" : "gpt-4.1-2025-04-14", ...facts }),
      attempts: [dialled(host)],
      policy: preset("eea_ch"),
      // Reports name the judge, and those of earlier versions are compared byte for byte.
      byJudge: 2,
      catalog: openaiCatalog,
      pin: pinnedTo("eu"),
      intendedRegion: "eu",
      refusal: null,
    },
    { id: `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`, intent: { bootId: boot, n }, ...over },
  );
}

export const beat = (issuedTo: number, ...open: number[]) =>
  heartbeatDraft({ boot, issuedTo, open: { ranges: rangesOf(open), count: open.length } });

export const event = (
  kind: string,
  at = "2026-11-22T10:00:00.000Z",
  detail: Detail = { callsChanged: 3 },
  subject = "s",
) =>
  eventDraft({
    id: "e",
    at,
    actor: "person",
    actorId: "p-1",
    actorName: "M. Roth",
    kind,
    subject,
    detail,
  });

/** A settled day of a project as the provider counted it: all of it is in the record, where nothing else is said. */
export const usageDay = (day: string, over: Detail = {}, at?: string, project = "proj_a") => {
  const { providerRequests = 10 } = over;
  return event(
    usageCompared,
    at,
    {
      day,
      kind: "completions",
      rule: comparisonRule,
      providerRequests,
      batchRequests: 0,
      sent: providerRequests,
      accepted: providerRequests,
      reported: 0,
      edge: 0,
      ownEdge: 0,
      unnamed: 0,
      open: 0,
      state: "agrees",
      missing: 0,
      ...over,
    },
    project,
  );
};

function frameOf(drafts: readonly EntryDraft[], over: Partial<ReportFrame> = {}): ReportFrame {
  return {
    id: "0".repeat(32),
    log,
    first: 0,
    end: drafts.length,
    endRoot: "A".repeat(43).concat("="),
    from: "2026-11-22T00:00:00.000Z",
    to: "2026-11-23T00:00:00.000Z",
    status: "final",
    filter: everyCall,
    disclosure: "all",
    ...over,
  };
}

/** Counts these entries from their bytes, in parts of so many; those at `absent` are here by their hash alone. */
export function tallyOf(
  drafts: readonly EntryDraft[],
  over: Partial<ReportFrame> = {},
  size = 4_096,
  absent: ReadonlySet<number> = new Set(),
): Tally {
  const frame = frameOf(drafts, over);
  const tally = openTally(nodeCrypto, frame);
  for (let at = 0; at < drafts.length; at += size) {
    const part = openTallyPart(nodeCrypto, frame);
    drafts.slice(at, at + size).forEach(({ type, body }, i) => {
      const index = frame.first + at + i;
      if (absent.has(index)) {
        part.skip("pruned");
        return;
      }
      const entry = decodeEntry(encodeEntry({ log, index, type, at: "2026-11-22T09:00:01.000Z", body }));
      part.add(entry, readEntry(entry));
    });
    tally.add(structuredClone(part.end()));
  }
  return tally;
}

/** Some of everything. */
export const mixed = [
  call(1),
  call(2),
  beat(3, 3),
  call(3, "api.openai.com"),
  event("policy.saved"),
  event("restatement.approved"),
  event("finding.resolved", "2026-11-20T00:00:00.000Z"),
  call(4, "eu.api.openai.com", { startedAt: "2026-11-21T23:59:59.999Z" }),
  call(5, "eu.api.openai.com", { end: "unknown", endedAt: null }),
  lateOutcomeDraft(input(5, "eu.api.openai.com")),
  bootClosedDraft(boot, 5),
];

/** A call as its entry says it. */
export function readCallOf({ type, body }: EntryDraft): ReadCall {
  const content = readEntry(
    decodeEntry(encodeEntry({ log, index: 0, type, at: "2026-11-22T09:00:01.000Z", body })),
  );
  if (content.type !== "call") throw new TypeError(`This is no call: ${content.type}.`);
  return content.call;
}
