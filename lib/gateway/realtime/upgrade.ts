import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { CallRecord } from "../../core/calls/call-record.ts";
import { sessionKind } from "../../core/calls/realtime-session.ts";
import { keyHeaderOf } from "../../core/upstreams/upstream.ts";
import { clientAddress } from "../../http/client-address.ts";
import { newCallId } from "../../services/calls/new-call-id.ts";
import { admit } from "../admit.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { clearCall } from "../clear-call.ts";
import type { Gateway } from "../gateway.ts";
import { headersUp } from "../headers.ts";
import { answerOnSocket, invalidHead } from "../invalid-http.ts";
import type { Entered } from "../limits/limits.ts";
import type { OpenedCall } from "../open-call.ts";
import { type PlannedCall, recordOf, unendedRecordOf } from "../record.ts";
import { regionOfHost } from "../region-of-host.ts";
import { type Dial, neverDialled, refusalFor } from "../relay.ts";
import { refusalOf } from "../route.ts";
import { splitTarget } from "../split-target.ts";
import { findSurface } from "../surfaces.ts";
import { type TraceContext, traceHeaders } from "../telemetry/trace-context.ts";
import { type DialledSession, dialSession } from "./dial-session.ts";
import { onFarEnd } from "./far-end.ts";
import { isWebSocket, readHandshake } from "./handshake.ts";
import { planOpening } from "./plan-session.ts";
import { runSession } from "./session-calls.ts";

const handshakeMsMax = 20_000;

/** One request to become a web socket: the way of every call, and then a session instead of an answer. Never throws. */
export async function upgrade(
  gateway: Gateway,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  gateway.pace.stir();
  socket.on("error", () => socket.destroy());
  const gone = new AbortController();
  socket.once("close", () => gone.abort());
  const unwatched = onFarEnd(socket, () => gone.abort());
  const startedAt = Date.now();
  const began = performance.now();
  const id = newCallId(startedAt);
  const own: Record<string, string> = { "x-domicile-call-id": id };
  let entered: Entered | null = null;
  let simulated = false;
  /** For the log. */
  let tenantSlug: string | null = null;
  let host: string | null = null;
  let operationId: string | null = null;
  /** Calls that have begun a span. */
  const spanned = [id];
  /** Has an intent and a place in the close queue, and no record yet. */
  let unrecorded: OpenedCall | null = null;
  const sides: WebSocket[] = [];
  const close = (record: CallRecord): void => {
    unrecorded = null;
    gateway.closing.add(record);
  };
  const ended = (outcome: string): void =>
    gateway.metrics.callEnded({
      operation: operationId,
      outcome,
      region: own["x-domicile-region"] ?? null,
      simulated,
      seconds: null,
    });
  try {
    if (gateway.isStopping()) throw new GatewayRefusal("shutting_down");
    const broken = invalidHead(request);
    if (broken) throw broken;
    if (!isWebSocket(request)) throw new GatewayRefusal("invalid_http", { message: noUpgrade });
    const { path, query } = splitTarget(request.url);
    const operation = findSurface("GET", path);
    operationId = operation.id;
    const kind = sessionKind(operation.id);
    if (kind === null)
      throw new GatewayRefusal("invalid_http", { message: isLive(path) ? noLive : noUpgrade });
    const { headers, protocols } = readHandshake(request.headers);
    const models = new URLSearchParams(query).getAll("model");
    // trust: of two the provider may take the one that was not judged.
    if (models.length > 1) throw new GatewayRefusal("invalid_http", { message: twoModels });
    const asked = kind === "responses" ? {} : { model: models[0] };
    const admitted = await admit(gateway, {
      id,
      startedAt,
      path,
      operation,
      headers,
      rawHeaders: request.rawHeaders,
      address: clientAddress(request, gateway.trustedHops),
      asksStream: true,
      content: { reading: "read", json: asked },
      onCaller({ config: { tenant } }) {
        simulated = tenant.mode === "simulated";
        tenantSlug = tenant.slug;
      },
    });
    entered = admitted.entered;
    const { draft, use, incoming } = admitted;
    const { caller } = draft;
    let { traced } = admitted;
    const span = (of: string, at: number): TraceContext | null => {
      spanned.push(of);
      return gateway.spans.begin(of, at, incoming);
    };
    const planned = planOpening(draft, asked);
    const { route } = planned;
    host = route.plan.host;
    const { opened, target, providerKey } = await clearCall(gateway, planned, query, refusalOf(route));
    unrecorded = opened;
    const { call, intent } = opened;
    own["x-domicile-call-id"] = call.id;
    if (call.id !== id) traced = span(call.id, startedAt);
    const { tenant, catalog } = caller.config;
    const line = { callId: call.id, tenant: tenant.slug, host };
    own["x-domicile-host"] = host;
    own["x-domicile-region"] = regionOfHost(route, catalog);
    const dialler = tenant.mode === "simulated" ? gateway.diallers.simulated : gateway.diallers.live;
    // The caller left while the intent was written: then nothing leaves either.
    if (gone.signal.aborted) {
      close(endedRecord(call, intent, neverDialled(), "client_abort"));
      ended("client_abort");
      gateway.log.info({ ...line, outcome: "left" }, "session");
      return;
    }
    const dialled = await dialSession(dialler, {
      host,
      path: target,
      headers: {
        ...sessionHeaders(
          headersUp(headers, keyHeaderOf(route.upstream, providerKey), caller.ownProviderKey !== null),
        ),
        ...traceHeaders(traced),
      },
      protocols,
      handshakeMsMax,
      gone: gone.signal,
      messageBytesMax: gateway.realtime.messageBytesMax,
    });
    if (dialled.kind === "refused") {
      const { failure } = dialled.dial.seen;
      const end = dialled.answer ? "complete" : failure === "aborted" ? "client_abort" : "upstream_failed";
      close(endedRecord(call, intent, dialled.dial, end));
      answerRefused(socket, dialled, own);
      ended("no_session");
      gateway.log.info({ ...line, outcome: "no_session" }, "session");
      return;
    }
    const { upstream: provider, dial } = dialled;
    sides.push(provider);
    const bytesMax = gateway.realtime.messageBytesMax;
    unwatched();
    const client = await accept(request, socket, head, { protocol: provider.protocol, own, bytesMax });
    if (client === null) {
      provider.terminate();
      close(endedRecord(call, intent, dial, "client_abort"));
      ended("client_abort");
      gateway.log.info({ ...line, outcome: "left" }, "session");
      return;
    }
    gateway.log.info({ ...line, outcome: "open" }, "session");
    sides.push(client);
    unrecorded = null;
    const { authorization, "x-domicile-key": key } = headers;
    const end = await runSession(gateway, {
      draft,
      by: { headers: { authorization, "x-domicile-key": key }, address: use.address },
      asked,
      call,
      intent,
      dial,
      client,
      provider,
      onCall: (next) => void span(next.id, next.startedAt),
    });
    ended("session_ended");
    const ms = Math.round(performance.now() - began);
    gateway.log.info({ ...line, outcome: "session_ended", by: end.by, code: end.code, ms }, "session");
  } catch (error) {
    if (unrecorded) gateway.closing.add(unendedRecordOf(unrecorded.call, unrecorded.intent));
    for (const side of sides) side.on("error", () => undefined).terminate();
    const refused =
      error instanceof GatewayRefusal ? error : new GatewayRefusal("internal_error", { cause: error });
    const line = { callId: own["x-domicile-call-id"], tenant: tenantSlug, host, outcome: refused.code };
    if (refused.cause === undefined) gateway.log.info(line, "session");
    else gateway.log.warn({ ...line, err: refused.cause }, "session");
    ended(refused.code);
    // Behind a finished handshake no answer is one.
    if (sides.length < 2) answerOnSocket(socket, refused, own);
    else socket.destroy();
  } finally {
    entered?.leave();
    gateway.pace.stir();
    for (const each of spanned) gateway.spans.forget(each);
  }
}

const twoModels = "The address names more than one model. Nothing was sent.";
const noUpgrade = "Only sessions of realtime and of responses become web sockets here. Nothing was sent.";
const noLive =
  "Live sessions are not opened as web sockets: what is asked for within one is not read here, so it could neither be held against the policy nor recorded. Nothing was sent.";

/** A session, a second connection to it, or a fork of it (Node SDK 7.57.0: `live/ws`, `live/sideband/ws`, `live/forks/ws`). */
function isLive(path: string): boolean {
  return /^\/v1\/live\/sessions(\/|$)/.test(path);
}

/** The handshake is made anew upstream: what belongs to the caller's own stays here. */
function sessionHeaders(headers: Record<string, string>): Record<string, string> {
  const { "content-type": _type, "accept-encoding": _coding, accept: _accept, ...rest } = headers;
  return rest;
}

type Refused = Extract<DialledSession, { kind: "refused" }>;

/** Of a session that never began. */
function endedRecord(
  call: PlannedCall,
  intent: Parameters<typeof recordOf>[1],
  dial: Dial,
  end: "complete" | "client_abort" | "upstream_failed",
) {
  const rest = { observation: null, refusal: null, stopped: null };
  return recordOf(call, intent, { end, dials: [dial], ...rest }, Date.now());
}

/** The provider's own answer, or ours in its place. */
function answerRefused(
  socket: Duplex,
  { answer, dial }: Refused,
  own: Readonly<Record<string, string>>,
): void {
  if (answer === null || dial.redirectHost !== null) {
    const moved = dial.redirectHost !== null;
    answerOnSocket(socket, moved ? new GatewayRefusal("upstream_redirect") : refusalFor(dial.seen), own);
    return;
  }
  const lines = Object.entries({
    ...own,
    "content-type": answer.contentType,
    "content-length": String(answer.body.byteLength),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  socket.write([`HTTP/1.1 ${answer.status} Refused`, ...lines, "", ""].join("\r\n"));
  socket.end(answer.body);
}

/** Answers the caller's handshake; null: it has left meanwhile. */
function accept(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { protocol, own, bytesMax }: { protocol: string; own: Readonly<Record<string, string>>; bytesMax: number },
): Promise<WebSocket | null> {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: bytesMax,
    handleProtocols: () => protocol || false,
  });
  server.once("headers", (lines) => {
    lines.push(...Object.entries(own).map(([name, value]) => `${name}: ${value}`));
  });
  return new Promise((resolve) => {
    const left = (): void => resolve(null);
    if (socket.destroyed || !socket.writable) return left();
    socket.once("close", left);
    server.handleUpgrade(request, socket, head, (client) => {
      socket.off("close", left);
      // Nothing is lost before somebody listens.
      client.pause();
      resolve(client);
    });
  });
}
