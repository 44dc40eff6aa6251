import { randomUUID } from "node:crypto";
import { asUuid } from "../core/calls/json-fields.ts";
import { matchOperation, unknownOperation } from "../core/calls/match-operation.ts";
import type { Operation } from "../core/calls/operation.ts";
import { type RequestReading, readRequest } from "../core/calls/read-request.ts";
import { type AnswerWatch, createAnswerReader } from "./answer-watch.ts";
import { echoOf } from "./echo-of.ts";
import { failureOf } from "./failure-of.ts";
import { watchBody } from "./watch-body.ts";
import type { Wire } from "./wire-facts.ts";

/** Longer bodies are not read; the record says so. */
const requestCharsMax = 1024 * 1024;
/** As many as the intake takes of a record. With more of them it says that not all was read. */
const featuresMax = 32;

/** One call of the program, from `fetch` to the end of the answer. Holds facts alone: no body stays in it. */
export type Exchange = {
  readonly wires: Wire[];
  /** The response to hand on: the same, with its body watched as it is read. */
  answered(response: Response): Response;
  failed(error: unknown): void;
  /** Its answer will not be seen any more. */
  lost(): void;
};

export type ExchangeInput = {
  readonly url: URL;
  readonly method: string;
  readonly body: unknown;
  readonly traceparent: string | null;
  readonly application: string | undefined;
  /** Called once, with the records of the call. */
  readonly ended: (exchange: Exchange, records: object[]) => void;
};

export function beginExchange({
  url,
  method,
  body,
  traceparent,
  application,
  ended,
}: ExchangeInput): Exchange {
  const startedAt = Date.now();
  const begun = performance.now();
  const id = randomUUID();
  const path = pathOf(url.pathname);
  const operation: Operation = (path === null ? null : matchOperation(method, path)) ?? unknownOperation;
  const wires: Wire[] = [];
  let request: RequestReading | null = null;
  let answer: AnswerWatch | null = null;
  let response: Response["headers"] | null = null;
  let status: number | null = null;
  let ttftMs: number | null = null;
  let done = false;

  const requestBytes = typeof body === "string" ? Buffer.byteLength(body) : undefined;
  let text = typeof body === "string" && body.length <= requestCharsMax ? body : null;
  // Once the call is on its way; then the text is let go.
  setImmediate(() => {
    request = text === null ? null : readText(operation, text, path);
    text = null;
  });

  const end = (how: { error?: unknown; whole: boolean }): void => {
    if (done) return;
    done = true;
    // By a clock that is never set: a record that ends before it begins would be refused.
    const endedAt = startedAt + Math.round(performance.now() - begun);
    const { failure, neverSent } = how.error === undefined ? none : failureOf(how.error);
    // The last statements of the request's reading may still be due.
    setImmediate(() => {
      const read = answer?.result(how.whole) ?? null;
      const last = wires.at(-1) ?? null;
      const trace = /^00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(traceparent ?? "");
      const record = {
        clientId: id,
        startedAt: new Date(startedAt).toISOString(),
        endedAt: new Date(endedAt).toISOString(),
        host: last?.host ?? url.host,
        // What `fetch` was asked for is a name that somebody configured; what the socket showed is what was dialled.
        hostSource: hostSourceOf(last),
        socket: last?.socket ?? undefined,
        method,
        path: path ?? undefined,
        model: request?.model,
        modelAnswered: read?.modelAnswered,
        stream: request?.stream,
        store: request?.store.said ? request.store.value : undefined,
        background: request?.background.said ? request.background.value : undefined,
        serviceTier: read?.serviceTier ?? request?.serviceTier,
        featuresOffered: request?.featuresOffered.slice(0, featuresMax),
        featuresUsed: read?.featuresUsed.slice(0, featuresMax),
        requestRead: request !== null && request.unreadable.length === 0 && fits(request.featuresOffered),
        answerRead: read?.read === true && fits(read.featuresUsed),
        storedStateRefs: request?.storedStateRefs,
        usage: read?.usage,
        status: statusTold(status),
        errorCode: read?.errorCode,
        progress: progressOf(last, status, neverSent),
        failure: failure ?? undefined,
        ttftMs: ttftMs ?? undefined,
        requestBytes,
        responseBytes: answer !== null && !response?.has("content-encoding") ? answer.bytes() : undefined,
        echo: response === null ? undefined : echoOf(response),
        responseId: read?.providerObjectId,
        gatewayCallId: asUuid(response?.get("x-domicile-call-id")) ?? undefined,
        traceId: trace?.[1],
        spanId: trace?.[2],
        application,
        finishReason: read?.finishReason,
      };
      ended(exchange, [...redirected(wires, record), record].map(told));
    });
  };

  const exchange: Exchange = {
    wires,
    answered(given) {
      status = given.status;
      response = given.headers;
      if (given.body === null) {
        end({ whole: true });
        return given;
      }
      // `fetch` hands on what no `Response` can be made with: its end is not seen.
      if (given.status < 200 || given.status > 599) {
        end({ whole: false });
        return given;
      }
      answer = createAnswerReader(operation, given.status, given.headers.get("content-type") ?? "");
      return watchBody(given, {
        chunk(bytes) {
          answer?.push(bytes);
          if (answer?.begun()) ttftMs ??= Math.round(performance.now() - begun);
        },
        end: (error) => end(error === undefined ? { whole: true } : { error, whole: false }),
      });
    },
    failed: (error) => end({ error, whole: false }),
    lost: () => end({ whole: false }),
  };
  return exchange;
}

const none = { failure: null, neverSent: false } as const;

function fits(features: readonly string[]): boolean {
  return features.length <= featuresMax;
}

/** From `/v1`, where a known path stands behind it; Azure and proxies put something before. */
function pathOf(pathname: string): string | null {
  const path = pathname.slice(Math.max(pathname.indexOf("/v1/"), 0));
  return path.length <= 2048 && /^[\x21-\x7e]+$/.test(path) ? path : null;
}

function readText(operation: Operation, text: string, path: string | null): RequestReading | null {
  try {
    return readRequest(operation, JSON.parse(text), path);
  } catch {
    return null;
  }
}

/** Behind a proxy, which dials for the program, the certificate alone says where the request went. */
function hostSourceOf(wire: Wire | null): "log" | "label" {
  const socket = wire?.socket;
  return socket?.address !== undefined || socket?.tlsVerified === true ? "log" : "label";
}

/** A record holds none that HTTP does not have. */
function statusTold(status: number | null): number | undefined {
  return status !== null && status >= 100 && status <= 599 ? status : undefined;
}

function progressOf(wire: Wire | null, status: number | null, neverSent: boolean): string {
  if (status !== null) return "sent";
  if (neverSent) return "not_sent";
  if (wire === null) return "unknown";
  if (wire.socket === null) return "not_sent";
  return wire.bodySent ? "sent" : "partial";
}

/** A redirect that `fetch` followed by itself was a request of its own to a host of its own, with the same content. */
function redirected(wires: readonly Wire[], record: { readonly clientId: string }): object[] {
  return wires.slice(0, -1).map((wire, at) => ({
    ...record,
    clientId: `${record.clientId}.${at + 1}`,
    startedAt: new Date(wire.startedAt).toISOString(),
    endedAt: wire.ms === null ? undefined : new Date(wire.startedAt + wire.ms).toISOString(),
    host: wire.host,
    hostSource: hostSourceOf(wire),
    socket: wire.socket ?? undefined,
    method: wire.method,
    path: pathOf(wire.path) ?? undefined,
    status: statusTold(wire.status),
    progress: progressOf(wire, wire.status, false),
    answerRead: false,
    modelAnswered: undefined,
    featuresUsed: undefined,
    usage: undefined,
    echo: undefined,
    gatewayCallId: undefined,
    responseId: undefined,
    finishReason: undefined,
    ttftMs: undefined,
    responseBytes: undefined,
    errorCode: undefined,
    failure: undefined,
  }));
}

/** Without what is not told. */
function told(record: object): object {
  return JSON.parse(JSON.stringify(record, (_, value) => (value === null ? undefined : value)));
}
