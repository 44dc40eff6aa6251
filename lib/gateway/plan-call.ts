import type { Operation } from "../core/calls/operation.ts";
import { type RequestReading, readRequest } from "../core/calls/read-request.ts";
import type { Asked } from "./asked.ts";
import type { BodyContent } from "./body/body-content.ts";
import type { Caller } from "./identify.ts";
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
};

/** Plans a call by what is known of its body now. Asked again, as more of a body comes, it knows more. */
export function planCall(draft: CallDraft, content: BodyContent, bodyDigest: string | null): PlannedCall {
  const { operation, path, caller, startedAt } = draft;
  const { catalog } = caller.config;
  const said: RequestReading = readRequest(operation, content.json, path);
  const reading = draft.asksStream ? { ...said, stream: true } : said;
  const at = new Date(startedAt).toISOString();
  const route = findRoute({ ...draft, reading, requestBody: content.reading, catalog, at });
  return {
    ...draft,
    reading,
    requestBody: content.reading === "coming" ? "unread" : content.reading,
    bodyDigest,
    route,
    catalogVersion: catalog.version,
  };
}
