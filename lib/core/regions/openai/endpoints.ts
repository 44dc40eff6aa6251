import type { EndpointRow, Processes, RegionCode, StoresState } from "../catalog.ts";
import { type Cells, notListed, processedIn, processedNowhere, storedIn } from "./cells.ts";

type Draft = {
  readonly path: string;
  readonly processes?: Processes;
  readonly stores: StoresState;
  readonly stateDays?: number | null;
  readonly abuse: string;
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
function stateless(path: string, processing: Cells, abuse = "30 days", note = ""): EndpointRow {
  return row({ path, stores: "no", stateDays: 0, abuse, storage: everywhere, processing, note });
}

/** A surface the retention table has and the residency table lacks. */
function unlisted(path: string, abuse: string, stores: StoresState = "yes", note = absent): EndpointRow {
  return row({ path, stores, abuse, storage: notListed, processing: notListed, note });
}

const deletedNote =
  "Removed 30 days after deletion, else kept. The Assistants API ended on 2026-08-26. Not in the residency table.";

export const endpoints: readonly EndpointRow[] = [
  row({
    path: "/v1/chat/completions",
    stores: "conditional",
    abuse: "30 days",
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
    storage: everywhere,
    processing: usEuAe,
    processingModels: { ae: ["gpt-5.5-pro-2026-04-23", ...aeChat] },
    note: `Stored for 30 days unless store=false is said. Background mode holds the response on disk for about 10 minutes; a June 2026 copy refused it in Europe, the later one does not say so. ${cacheNote}`,
  }),
  row({
    path: "/v1/decisions",
    stores: "conditional",
    abuse: "30 days",
    storage: everywhere,
    processing: usEu,
    note: cacheNote,
  }),
  unlisted("/v1/conversations", "until deleted"),
  unlisted("/v1/conversations/items", "until deleted"),
  unlisted("/v1/chatkit/threads", "until deleted"),
  unlisted("/v1/agents", "30 days"),
  unlisted("/v1/assistants", "30 days", "yes", deletedNote),
  unlisted("/v1/threads", "30 days", "yes", deletedNote),
  unlisted("/v1/threads/messages", "30 days", "yes", deletedNote),
  unlisted("/v1/threads/runs", "30 days", "yes", deletedNote),
  unlisted("/v1/threads/runs/steps", "30 days", "yes", deletedNote),
  row({
    path: "/v1/vector_stores",
    processes: "handling",
    stores: "yes",
    abuse: "30 days",
    storage: everywhere,
    processing: processedNowhere,
    note: "Stored in the region; no regional processing is listed. Removed 30 days after deletion.",
  }),
  stateless("/v1/images/generations", usEu, "30 days", "Zero data retention only with the gpt-image models."),
  stateless("/v1/images/edits", usEu, "30 days", "Zero data retention only with the gpt-image models."),
  row({
    path: "/v1/embeddings",
    stores: "no",
    stateDays: 0,
    abuse: "30 days",
    storage: everywhere,
    processing: usEuAe,
    processingModels: { ae: ["text-embedding-3-large"] },
  }),
  stateless("/v1/audio/transcriptions", usEu, "none"),
  stateless("/v1/audio/translations", usEu, "none"),
  stateless("/v1/audio/speech", usEu),
  unlisted("/v1/audio/voices", "30 days"),
  row({
    path: "/v1/files",
    processes: "handling",
    stores: "yes",
    abuse: "30 days",
    storage: everywhere,
    processing: processedNowhere,
    note: "Kept until deleted or expires_after. Stored in the region; no regional processing is listed.",
  }),
  row({
    path: "/v1/fine_tuning/jobs",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    storage: everywhere,
    processing: usEu,
    note: "Closed to new organisations; ends on 2027-01-06.",
  }),
  row({
    path: "/v1/evals",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    storage: usEuStored,
    processing: usEu,
    note: "Ends on 2026-11-30.",
  }),
  row({
    path: "/v1/batches",
    processes: "both",
    stores: "yes",
    abuse: "30 days",
    storage: everywhere,
    processing: usEu,
  }),
  stateless("/v1/moderations", usEu, "none"),
  unlisted("/v1/completions", "30 days", "no"),
  row({
    path: "/v1/live/sessions",
    stores: "conditional",
    stateDays: 30,
    abuse: "30 days",
    storage: usEuStored,
    processing: usEu,
    note: "Not stored by default; there is no public way to delete a stored session.",
  }),
  row({
    path: "/v1/realtime",
    stores: "no",
    stateDays: 0,
    abuse: "30 days",
    storage: usEuStored,
    processing: usEu,
    note: "Tracing is not compliant with European data residency.",
  }),
  row({
    path: "/v1/realtime/transcription_sessions",
    stores: "unknown",
    abuse: "not stated",
    storage: usEuStored,
    processing: usEu,
    note: "Only in the residency table.",
  }),
  row({
    path: "/v1/realtime/translations",
    stores: "unknown",
    abuse: "not stated",
    storage: usEuStored,
    processing: usEu,
    note: "Only in the residency table.",
  }),
  unlisted(
    "/v1/traces/ingest",
    "not stated",
    "yes",
    "The Agents SDK posts traces to the global host whatever the base URL says. Not in the residency table.",
  ),
];
