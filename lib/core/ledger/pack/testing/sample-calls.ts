import { nodeCrypto } from "../../../../services/ledger/node-crypto.ts";
import type { CallRecord } from "../../../calls/call-record.ts";
import { documentText } from "../../../regions/document-text.ts";
import { openaiCatalog } from "../../../regions/openai-catalog.ts";
import { usageCompared } from "../../../reports/read-usage-event.ts";
import { chat, dialled, pinnedTo, preset } from "../../../testing/case.ts";
import { recordedCall } from "../../../testing/recorded-call.ts";
import type { CallQuestion } from "../../../verdicts/judge.ts";
import { toHex, utf8Bytes } from "../../bytes.ts";
import { heartbeatDraft } from "../../entries/boot-body.ts";
import type { CallEntryInput } from "../../entries/call-body.ts";
import { callDraft } from "../../entries/call-draft.ts";
import type { Detail } from "../../entries/detail-codec.ts";
import type { EntryDraft } from "../../entries/entry-draft.ts";
import { epochOpenedDraft } from "../../entries/epoch-body.ts";
import { eventDraft } from "../../entries/event-body.ts";

export const boot = "019aab00-0000-7000-8000-0000000000b1";

const policy = preset("eea_ch").policy;
export const policyText = documentText(policy);
const rows = ["gpt-4o-2024-08-06", "gpt-4.1-2025-04-14", "gpt-4o-mini-2024-07-18"];
/** The shipped catalog, cut down to what the samples use: a pack of a few kilobytes. */
const catalog = {
  ...openaiCatalog,
  endpoints: openaiCatalog.endpoints.filter(({ path }) => path === "/v1/chat/completions"),
  models: openaiCatalog.models.filter(({ id }) => rows.includes(id)),
  features: [],
  aliases: [],
};
export const catalogText = documentText(catalog);
export const sha256Of = (text: string): string => toHex(nodeCrypto.sha256(utf8Bytes(text)));
export const inForce = { version: 3, sha256: sha256Of(policyText), policy };

/** A call under that policy and catalog; each case states what differs. */
export function sampleCall(
  n: number,
  over: Partial<CallQuestion> = {},
  record: Partial<CallRecord> = {},
): CallEntryInput {
  const input = recordedCall(
    {
      facts: chat(),
      attempts: [dialled("eu.api.openai.com")],
      policy: inForce,
      catalog,
      pin: pinnedTo("eu"),
      intendedRegion: "eu",
      refusal: null,
      ...over,
    },
    {
      id: `019aab00-0000-7000-8000-${String(n).padStart(12, "0")}`,
      intent: { bootId: boot, n },
      endUser: `person-${n % 3}`,
      ...record,
    },
  );
  return { ...input, catalogSha256: sha256Of(catalogText) };
}

export const beat = (issuedTo: number): EntryDraft =>
  heartbeatDraft({ boot, issuedTo, open: { ranges: [], count: 0 } });

/** Twelve entries: the log's beginning, ten calls of which one left Europe, a heartbeat. */
export const sampleDrafts: readonly EntryDraft[] = [
  epochOpenedDraft({ epoch: 1, reason: null, previous: null }),
  ...Array.from({ length: 10 }, (_, i) =>
    callDraft(sampleCall(i + 1, i === 4 ? { attempts: [dialled("api.openai.com")] } : {})),
  ),
  beat(10),
];

const noon = "2026-11-22T12:00:00.000Z";

const told = (kind: string, subject: string, detail: Detail, at = noon): EntryDraft =>
  eventDraft({
    id: "019aab00-0000-7000-8000-0000000000d1",
    at,
    actor: "system",
    actorId: "read-accounts",
    actorName: "Domicile",
    kind,
    subject,
    detail,
  });

/** A day of which the provider counted three requests more than were sent. */
export const comparedDay = (over: Detail = {}, at = noon): EntryDraft =>
  told(usageCompared, "proj_nord", counted(over), at);

/** The day of the sample calls: the ten of them, and what else is said. */
export const countedDay = (over: Detail = {}): EntryDraft => {
  const same = { day: "2026-11-22", providerRequests: 10, sent: 10, accepted: 10, reported: 0, ownEdge: 0 };
  const detail = counted({ projectId: "proj_1", ...same, state: "agrees", missing: 0, ...over });
  return told(usageCompared, "proj_1", detail, "2026-11-25T00:00:00.000Z");
};

function counted(over: Detail): Detail {
  return {
    projectId: "proj_nord",
    day: "2026-11-19",
    kind: "completions",
    rule: 1,
    providerRequests: 43,
    batchRequests: 7,
    sent: 40,
    accepted: 38,
    reported: 2,
    edge: 0,
    ownEdge: 1,
    unnamed: 0,
    elsewhere: 0,
    open: 0,
    state: "more_at_provider",
    missing: 3,
    ...over,
  };
}

/** The same log, when the provider's own words had been read. */
export const comparedDrafts: readonly EntryDraft[] = [
  ...sampleDrafts,
  told("project.stated", "proj_nord", {
    projectId: "proj_nord",
    status: "active",
    residency: "EU_STORAGE_PROCESSING",
    retention: null,
    organizationRetention: "zero_data_retention",
  }),
  told("pin.read", "019aab00-0000-7000-8000-0000000000c1", {
    kind: "processing",
    region: "eu",
    projectId: "proj_nord",
    residency: "EU_STORAGE_PROCESSING",
  }),
  comparedDay(),
];
