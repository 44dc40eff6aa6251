import { asObject, type JsonObject } from "../../../core/calls/json-fields.ts";
import { answerError, answerJson, beginAnswer, type Exchange } from "../exchange.ts";
import type { UsageJournal } from "../organization/usage-journal.ts";
import { pause } from "../pause.ts";
import type { ReadForm } from "../read-form.ts";
import type { ProjectStore, StoredObject } from "./project-store.ts";

/** One request to the API of a known project, read whole. */
export type ApiCall = {
  readonly exchange: Exchange;
  readonly store: ProjectStore;
  /** What stands in the path where the operation has placeholders, in their order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** The body as an object; of a form, its fields. */
  readonly body: JsonObject;
  /** null where the body was none. */
  readonly form: ReadForm | null;
  readonly processingMs: number;
  /** Between two pieces of a stream. */
  readonly betweenMs: number;
  /** What is counted of projects. */
  readonly journal: UsageJournal;
};

/** Answers one operation. */
export type Handler = (call: ApiCall) => void | Promise<void>;
export type Handlers = Readonly<Record<string, Handler>>;

export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

export function give(call: ApiCall, body: unknown, status = 200): void {
  answerJson(call.exchange, status, body, { processingMs: call.processingMs });
}

/** An object of the store, or OpenAI's 404, which is answered at once: then null. */
export function found(call: ApiCall, kind: string, id: string | undefined): StoredObject | null {
  const object = id === undefined ? null : call.store.get(kind, id);
  if (object === null) missing(call, kind, id ?? "");
  return object;
}

export function missing(call: ApiCall, kind: string, id: string): void {
  refuse(call, 404, `No ${kind.replaceAll("_", " ")} found with id '${id.slice(0, 100)}'.`);
}

export function refuse(call: ApiCall, status: number, message: string, code: string | null = null): void {
  answerError(
    call.exchange,
    { status, body: { error: { message, type: "invalid_request_error", param: null, code } } },
    { processingMs: call.processingMs },
  );
}

/** One page of a list, newest first unless `order=asc`, as OpenAI pages: `after`, `limit`, `has_more`. */
export function giveList(call: ApiCall, objects: readonly unknown[], newestFirst = true): void {
  const all = objects as readonly { readonly id?: string }[];
  const order = call.query.get("order") ?? (newestFirst ? "desc" : "asc");
  const sorted = order === "desc" ? all.toReversed() : all;
  const after = call.query.get("after");
  const start = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
  const limit = Math.min(Math.max(Number(call.query.get("limit") ?? 20) || 20, 1), 100);
  const data = sorted.slice(start, start + limit);
  give(call, {
    object: "list",
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < sorted.length,
  });
}

/** Takes an object away and says so; OpenAI's 404 where there is none. */
export function deleted(call: ApiCall, kind: string, object: string, id: string | undefined): void {
  if (found(call, kind, id) === null) return;
  call.store.remove(kind, id ?? "");
  give(call, { id, object, deleted: true });
}

export type ServerEvent = { readonly event?: string; readonly data: unknown };

/** An event stream, piece by piece, ended by `data: [DONE]` where the surface ends so. */
export async function stream(
  call: ApiCall,
  events: readonly ServerEvent[],
  options: { readonly done?: boolean } = {},
): Promise<void> {
  const { exchange } = call;
  beginAnswer(exchange, 200, {
    processingMs: call.processingMs,
    headers: { "content-type": "text/event-stream; charset=utf-8" },
  });
  exchange.response.flushHeaders();
  for (const { event, data } of events) {
    exchange.response.write(`${event ? `event: ${event}\n` : ""}data: ${JSON.stringify(data)}\n\n`);
    if (call.betweenMs > 0 && !(await pause(call.betweenMs, exchange.gone))) return;
  }
  if (options.done) exchange.response.write(`${options.done ? "data: [DONE]\n\n" : ""}`);
  exchange.response.end();
}

export function bytes(call: ApiCall, content: Buffer, type: string): void {
  beginAnswer(call.exchange, 200, {
    processingMs: call.processingMs,
    headers: { "content-type": type, "content-length": content.byteLength },
  });
  call.exchange.response.end(content);
}

/** `metadata` as the client set it. */
export function metadataOf(body: JsonObject): JsonObject {
  return asObject(body.metadata) ?? {};
}

/** How long ago an object came to be; states move with it. */
export function ageMs(object: StoredObject): number {
  return Date.now() - Number(object.sim_made_at ?? 0);
}

/** An object as the API shows it, without what the simulation keeps beside it. */
export function shown(object: StoredObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith("sim_")));
}

export const simulatedText = "This was made by Domicile's simulated provider and not by a model.";
