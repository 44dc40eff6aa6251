import type {
  EndpointRow,
  Processes,
  RegionCode,
  RetentionCover,
  Shutdown,
  Stated,
  StoresState,
} from "../catalog.ts";
import { type Cells, notListed, processedIn, processedNowhere, shutdown, stated, storedIn } from "./cells.ts";

type Draft = {
  readonly path: string;
  readonly processes?: Processes;
  readonly stores: StoresState;
  readonly stateDays?: number | null;
  readonly abuse: string;
  readonly zero: RetentionCover;
  /** Private Retention with PSP, or Safety Retention; the table says no of most. */
  readonly private?: RetentionCover;
  readonly basis?: Stated;
  readonly shutdown?: Shutdown;
  readonly storage: Cells;
  readonly processing: Cells;
  readonly processingModels?: Readonly<Record<RegionCode, readonly string[]>>;
  readonly note?: string;
};

function row(draft: Draft): EndpointRow {
  return {
    path: draft.path,
    processes: draft.processes ?? "inference",
    storesState: draft.stores,
    stateRetentionDays: draft.stateDays ?? null,
    abuseMonitoringRetention: draft.abuse,
    zeroRetention: draft.zero,
    privateRetention: draft.private ?? "no",
    retention: draft.basis ?? stated(),
    shutdown: draft.shutdown ?? null,
    storage: draft.storage,
    processing: draft.processing,
    processingModels: draft.processingModels ?? {},
    note: draft.note ?? "",
  };
}

const everywhere = storedIn("everywhere");
const usEuStored = storedIn(["us", "eu"]);
const usEu = processedIn(["us", "eu"]);
const usEuAe = processedIn(["us", "eu", "ae"]);

const aeChat = ["gpt-5.6-luna", "gpt-5.5-2026-04-23", "gpt-5.2-2025-12-11"];
const cacheNote =
  "Prompt caching may hold encrypted tensors on GPU-local disk for up to 24 h; in storage-only regions that may leave the region.";
const absent = "Not in the residency table.";

/** Inference that keeps nothing after it answered. */
function stateless(path: string, processing: Cells, more: Partial<Draft> = {}): EndpointRow {
  return row({
    path,
    stores: "no",
    stateDays: 0,
    abuse: "30 days",
    zero: "yes",
    storage: everywhere,
    processing,
    ...more,
  });
}

/** A surface the retention table has and the residency table lacks. */
function unlisted(path: string, abuse: string, more: Partial<Draft> = {}): EndpointRow {
  return row({
    path,
    stores: "yes",
    abuse,
    zero: "no",
    storage: notListed,
    processing: notListed,
    note: absent,
    ...more,
  });
}

/** The Assistants API. Its objects stay readable in the record. */
const assistants = {
  shutdown: shutdown("2026-08-26", "Responses and Conversations"),
  note: "Removed 30 days after deletion, else kept. Not in the residency table.",
} as const;

const images = { zero: "limited", note: "Zero data retention only with the gpt-image models." } as const;

export const endpoints: readonly EndpointRow[] = [
  row({
    path: "/v1/chat/completions",
    stores: "conditional",
    abuse: "30 days",
    zero: "limited",
    private: "limited",
    storage: everywhere,
    processing: usEuAe,
    processingModels: { ae: aeChat },
    note: `store=true cannot be set outside the United States; under zero data retention it is forced to false. Audio output is kept for 1 h. ${cacheNote}`,
  }),
  row({
    path: "/v1/responses",
    stores: "conditional",
    stateDays: 30,
    abuse: "30 days",
    zero: "limited",
    private: "limited",
    storage: everywhere,
    processing: usEuAe,
    processingModels: { ae: ["gpt-5.5-pro-2026-04-23", ...aeChat] },
    note: `Stored for 30 days unless store=false is said. Background mode holds the response on disk for about 10 minutes; a June 2026 copy refused it in Europe, the later one does not say so. Containers of the hosted shell and of the code interpreter keep their state until they expire. ${cacheNote}`,
  }),
  row({
    path: "/v1/decisions",
    stores: "conditional",
    abuse: "30 days",
    zero: "limited",
    private: "unknown",
    storage: everywhere,
    processing: usEu,
    note: cacheNote,
  }),
  unlisted("/v1/conversations", "until deleted"),
  unlisted("/v1/conversations/items", "until deleted"),
  unlisted("/v1/chatkit/threads", "until deleted"),
  unlisted("/v1/agents", "30 days"),
  unlisted("/v1/assistants", "30 days", assistants),
  unlisted("/v1/threads", "30 days", assistants),
  unlisted("/v1/threads/messages", "30 days", assistants),
  unlisted("/v1/threads/runs", "30 days", assistants),
  unlisted("/v1/threads/runs/steps", "30 days", assistants),
  row({
    path: "/v1/vector_stores",
    processes: "handling",
    stores: "yes",
    abuse: "30 days",
    zero: "no",
    storage: everywhere,
    processing: processedNowhere,
    note: "Stored in the region; no regional processing is listed. Removed 30 days after deletion.",
  }),
  stateless("/v1/images/generations", usEu, images),
  stateless("/v1/images/edits", usEu, images),
  row({
    path: "/v1/embeddings",
    stores: "no",
    stateDays: 0,
    abuse: "30 days",
    zero: "yes",
    storage: everywhere,
    processing: usEuAe,
    processingModels: { ae: ["text-embedding-3-large"] },
  }),
  stateless("/v1/audio/transcriptions", usEu, { abuse: "none" }),
  stateless("/v1/audio/translations", usEu, { abuse: "none", shutdown: shutdown("2027-02-26") }),
  stateless("/v1/audio/speech", usEu),
  unlisted("/v1/audio/voices", "30 days"),
  row({
    path: "/v1/files",
    processes: "handling",
    stores: "yes",
    abuse: "30 days",
    zero: "no",
    storage: everywhere,
    processing: processedNowhere,
    note: "Kept until deleted or expires_after. Stored in the region; no regional processing is listed.",
  }),
  row({
    path: "/v1/fine_tuning/jobs",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    zero: "no",
    storage: everywhere,
    processing: usEu,
    shutdown: shutdown("2027-01-06", null, {
      note: "New self-serve jobs stop; tuned models end with their base model.",
    }),
    note: "Closed to new organisations.",
  }),
  row({
    path: "/v1/evals",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    zero: "no",
    storage: usEuStored,
    processing: usEu,
    shutdown: shutdown("2026-11-30", null, { note: "Existing evals are read-only since 2026-10-31." }),
  }),
  row({
    path: "/v1/batches",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    zero: "no",
    storage: everywhere,
    processing: usEu,
  }),
  stateless("/v1/moderations", usEu, { abuse: "none" }),
  unlisted("/v1/completions", "30 days", { stores: "no", stateDays: 0, zero: "yes" }),
  row({
    path: "/v1/live/sessions",
    stores: "conditional",
    stateDays: 30,
    abuse: "30 days",
    zero: "limited",
    storage: usEuStored,
    processing: usEu,
    note: "Not stored by default; there is no public way to delete a stored session.",
  }),
  row({
    path: "/v1/realtime",
    stores: "no",
    stateDays: 0,
    abuse: "30 days",
    zero: "yes",
    storage: usEuStored,
    processing: usEu,
    note: "Tracing is not compliant with European data residency.",
  }),
  row({
    path: "/v1/realtime/transcription_sessions",
    stores: "unknown",
    abuse: "not stated",
    zero: "unknown",
    private: "unknown",
    storage: usEuStored,
    processing: usEu,
    note: "Only in the residency table.",
  }),
  row({
    path: "/v1/realtime/translations",
    stores: "unknown",
    abuse: "not stated",
    zero: "unknown",
    private: "unknown",
    storage: usEuStored,
    processing: usEu,
    note: "Only in the residency table.",
  }),
  unlisted("/v1/traces/ingest", "not stated", {
    zero: "unknown",
    private: "unknown",
    basis: stated("agents-tracing", "2026-09-14", "high"),
    note: "The Agents SDK posts traces to https://api.openai.com/v1/traces/ingest, the global host, whatever the base URL says; only the exporter's own endpoint setting moves it. Not in the residency table.",
  }),
];
