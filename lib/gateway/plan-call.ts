import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import { field } from "../core/calls/json-fields.ts";
import type { Operation } from "../core/calls/operation.ts";
import { type RequestReading, readRequest } from "../core/calls/read-request.ts";
import { timeText } from "../core/time-text.ts";
import type { Asked } from "./asked.ts";
import type { BatchTap } from "./body/batch-tap.ts";
import type { BodyContent } from "./body/body-content.ts";
import type { Caller } from "./identify.ts";
import type { ObjectsOfCall } from "./objects/known-objects.ts";
import type { PlannedCall } from "./record.ts";
import { findRoute } from "./route.ts";

/** What is known of a call before its body. */
export type CallDraft = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Without query. */
  readonly path: string;
  readonly operation: Operation;
  readonly asked: Asked;
  readonly caller: Caller;
  readonly relayCountry: string | null;
  /** Whether the query asks for a stream. */
  readonly asksStream: boolean;
  /** Reads the file that is sent, in case it is a batch's; null: none is. */
  readonly batch: BatchTap | null;
  /** What is known of the objects that the call names; absent: nobody looked. */
  readonly known?: ObjectsOfCall;
  /** Its intent is in this gateway's spool. */
  readonly gap?: "spooled";
};

/**
 * Plans a call by what is known of its body now. Asked again, as more of a body comes, it knows more. `lines`: what a
 * batch asks for, where that is asked about by itself.
 */
export function planCall(
  draft: CallDraft,
  content: BodyContent,
  bodyDigest: string | null,
  lines?: readonly BatchLineGroup[],
): PlannedCall {
  const { operation, path, caller, startedAt, known } = draft;
  const { catalog } = caller.config;
  const said: RequestReading = readRequest(operation, content.json, path);
  const reading = draft.asksStream ? { ...said, stream: true } : said;
  const at = timeText(startedAt);
  const batchLines = lines ?? linesOf(draft, content);
  const objectsUsed = known?.objectsUsed;
  const route = findRoute({
    ...draft,
    reading,
    requestBody: content.reading,
    objectsUsed,
    batchLines,
    catalog,
    at,
  });
  return {
    ...draft,
    reading,
    requestBody: content.reading === "coming" ? "unread" : content.reading,
    batchLines,
    bodyDigest,
    route,
    catalogVersion: catalog.version,
  };
}

/** Nothing of the body is here; what it may name is asked about when it is. */
export const notYet: BodyContent = { reading: "coming", json: undefined };

/**
 * Of the file that is sent, once it says that it is a batch's; of a part of one; of a batch, those of the file it
 * names. An upload that is begun for a batch has none yet.
 */
function linesOf({ operation, batch, known }: CallDraft, { json }: BodyContent) {
  if (operation.id === "batches.create") return known?.batchLines;
  const isBatch = field(json, "purpose") === "batch";
  if (operation.id === "uploads.create") return isBatch ? [] : undefined;
  return isBatch || batch?.ofBatch ? (batch?.groups() ?? undefined) : undefined;
}
