import type { IncomingMessage, ServerResponse } from "node:http";
import { mayMakeObject } from "../core/resources/resource-events.ts";
import { targetUp } from "../core/upstreams/target-up.ts";
import { keyHeaderOf } from "../core/upstreams/upstream.ts";
import { clientAddress } from "../http/client-address.ts";
import { answerError, GatewayRefusal } from "./answer-error.ts";
import { readAsked } from "./asked.ts";
import { letGo } from "./body/let-go.ts";
import { isStreamed, isWaiting, receiveBody } from "./body/receive-body.ts";
import type { OutgoingBody, ReceivedBody } from "./body/received-body.ts";
import { bodyDigest, startBodyDigest } from "./body-digest.ts";
import { newCallId } from "./call-id.ts";
import { callerNow } from "./caller-now.ts";
import { checkKey, type KeyUse } from "./check-key.ts";
import type { Gateway } from "./gateway.ts";
import { headersUp, oneLine } from "./headers.ts";
import { type Caller, identify, refuseTwoKeys } from "./identify.ts";
import type { Entered } from "./limits/limits.ts";
import { noteListing } from "./note-listing.ts";
import { objectsMade } from "./objects/objects-made.ts";
import { createObserver } from "./observe.ts";
import { openBatchTap } from "./open-batch-tap.ts";
import { type OpenedCall, openCall } from "./open-call.ts";
import { type CallDraft, notYet, objectionNow, planCall } from "./plan-call.ts";
import { type PlannedCall, recordOf, unendedRecordOf } from "./record.ts";
import { recordRefusal } from "./record-refusal.ts";
import { regionOfHost } from "./region-of-host.ts";
import { relay } from "./relay.ts";
import { refusalOf } from "./route.ts";
import { splitTarget } from "./split-target.ts";
import { findSurface } from "./surfaces.ts";
import { readTraceContext, traceHeaders } from "./telemetry/trace-context.ts";
import { watchUpload } from "./watch-upload.ts";

/** One call: identify, plan, open, send, relay, close. Answers in every case; never throws. */
export async function forward(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  gateway.pace.stir();
  const startedAt = Date.now();
  const began = performance.now();
  const id = newCallId(startedAt);
  const trace: CallTrace = {
    id,
    began,
    lastedMs: null,
    operation: null,
    tenant: null,
    host: null,
    region: null,
    simulated: false,
  };
  const ownHeaders: Record<string, string> = { "x-domicile-call-id": id };
  let body: ReceivedBody | null = null;
  let entered: Entered | null = null;
  let waits = false;
  /** Has an intent and a place in the close queue, and no record yet. */
  let unrecorded: OpenedCall | null = null;
  /** Who names what this call made waits until this was called. */
  let learn = null as ReturnType<Gateway["objects"]["expect"]> | null;
  try {
    if (gateway.isStopping()) throw new GatewayRefusal("shutting_down");
    const { method = "" } = request;
    const { path, query } = splitTarget(request.url);
    const operation = findSurface(method, path);
    trace.operation = operation.id;
    refuseTwoKeys(request.rawHeaders);
    const asked = readAsked(request.headers);
    const caller = await identify(gateway.identifier, request.headers);
    const identifiedAt = performance.now();
    const { tenant, catalog } = caller.config;
    trace.tenant = tenant.slug;
    trace.simulated = tenant.mode === "simulated";
    const incoming = readTraceContext(request.headers);
    let traced = gateway.spans.begin(id, startedAt, incoming);

    const { relayCountry } = gateway;
    const asking: CallDraft = {
      id,
      startedAt,
      path,
      operation,
      asked,
      caller,
      relayCountry,
      asksStream: asksStream(query),
      batch: null,
    };
    const batch = await openBatchTap(gateway.objects, asking);
    let draft: CallDraft = { ...asking, batch };
    const use = { operation: operation.id, path, address: clientAddress(request, gateway.trustedHops) };
    const barred = checkKey(caller, { ...use, at: startedAt });
    if (barred) throw recordUnsent(gateway, planCall(asking, notYet, null), barred);
    entered = gateway.limits.enter(caller);
    waits = isWaiting(request);
    if (waits || isStreamed(request)) refuseBeforeBody(gateway, planCall(draft, notYet, null));
    if (waits) response.writeContinue();
    waits = false;
    body = await receiveBody(request, gateway.bodyLimits, batch && (() => batch));
    const { outgoing } = body;
    const digest = outgoing.kind === "held" ? bodyDigest(tenant.id, outgoing.bytes) : null;
    const isLate = performance.now() - identifiedAt > gateway.identifiedMsMax;
    if (isLate) draft = { ...draft, caller: await stillMay(gateway, request, draft, use) };
    let call = planCall(draft, body.content(), digest);
    const named = call.reading.objectsUsed;
    if (named.length > 0) {
      draft = { ...draft, known: await gateway.objects.look(tenant.id, named) };
      call = planCall(draft, body.content(), digest);
    }
    const { route } = call;
    const { host } = route.plan;
    trace.host = host;

    if (!gateway.closing.reserve()) throw new GatewayRefusal("evidence_unavailable");
    const late = isLate ? objectionNow(call, draft, body.content(), Date.now()) : null;
    const refusal = body.refusal() ?? refusalOf(route) ?? late;
    if (refusal || route.providerKey === null) throw recordRefusal(gateway, call, refusal);
    const target = targetUp(route.upstream, { path, query, model: call.reading.model });
    if (target === null) throw recordRefusal(gateway, call, new GatewayRefusal("deployment_missing"));
    // crash: durable before the first byte of this request leaves. From here on the sweeper knows of the call.
    const opened = await openCall(gateway, call);
    unrecorded = opened;
    const { intent } = opened;
    call = opened.call;
    if (call.gap) {
      draft = { ...draft, id: call.id, gap: call.gap };
      if (call.id !== id) traced = gateway.spans.begin(call.id, startedAt, incoming);
      trace.id = call.id;
      ownHeaders["x-domicile-call-id"] = call.id;
    }

    const passing = outgoing.kind === "streamed" ? watch(outgoing, body, draft) : null;
    ownHeaders["x-domicile-region"] = regionOfHost(route, catalog);
    ownHeaders["x-domicile-host"] = host;
    trace.region = ownHeaders["x-domicile-region"];
    let endedAt = 0;
    const mayMake = mayMakeObject(operation.id);
    const outcome = await relay({
      dialler: tenant.mode === "simulated" ? gateway.diallers.simulated : gateway.diallers.live,
      request: {
        host,
        method,
        path: target,
        headers: {
          ...headersUp(
            request.headers,
            keyHeaderOf(route.upstream, route.providerKey),
            caller.ownProviderKey !== null,
          ),
          ...traceHeaders(traced),
        },
        body: outgoing,
      },
      response,
      ownHeaders: { ...ownHeaders },
      observe: (status, headers, onDrain) =>
        createObserver({
          operation,
          status,
          contentType: oneLine(headers["content-type"]),
          contentEncoding: oneLine(headers["content-encoding"]),
          budget: gateway.bodyLimits.budget,
          onDrain,
        }),
      onUnread: (error) => gateway.log.error({ callId: trace.id, err: error }, "an answer could not be read"),
      stallMsMax: gateway.stallMsMax,
      onOver: () => {
        gateway.pace.stir();
        endedAt = Date.now();
        trace.lastedMs = performance.now() - began;
        entered?.leave();
        if (mayMake) learn = gateway.objects.expect(tenant.id);
      },
      leisure: gateway.pace.leisure,
    });
    const record = recordOf(passing?.call() ?? call, intent, outcome, endedAt);
    unrecorded = null;
    gateway.closing.add(record);
    learn?.(objectsMade(record, ownHeaders["x-domicile-region"]));
    const models = outcome.observation?.modelsListed ?? null;
    if (models !== null)
      noteListing(gateway, {
        tenantId: tenant.id,
        callId: call.id,
        at: new Date(),
        host,
        region: ownHeaders["x-domicile-region"],
        credentialId: route.credential?.id ?? null,
        simulated: trace.simulated,
        models,
      });
    const { seen } = outcome.dials.at(-1) ?? outcome.dials[0];
    if (seen.sentAt !== null) gateway.metrics.observeAdded((seen.sentAt - began) / 1_000);
    if (seen.sentAt !== null && seen.firstByteAt !== null)
      gateway.metrics.observeFirstByte((seen.firstByteAt - seen.sentAt) / 1_000);
    finish(gateway, trace, outcome.refusal?.code ?? outcome.end, seen.status, outcome.refusal);
  } catch (error) {
    if (unrecorded) gateway.closing.add(unendedRecordOf(unrecorded.call, unrecorded.intent));
    const refusal =
      error instanceof GatewayRefusal ? error : new GatewayRefusal("internal_error", { cause: error });
    // Of a body that was not asked for nobody knows whether it comes, so the connection is of no more use.
    if (waits || refusal.code === "request_timeout") ownHeaders.connection = "close";
    answerError(response, refusal, { ...ownHeaders, "x-request-id": trace.id });
    finish(gateway, trace, refusal.code, null, refusal);
  } finally {
    learn?.([]);
    entered?.leave();
    body?.release();
    gateway.spans.forget(id);
    if (trace.id !== id) gateway.spans.forget(trace.id);
    letGo(request, gateway.bodyLimits.arrivalMsMax);
  }
}

/** Refuses a call of a known tenant before anything of it was looked at. */
function recordUnsent(gateway: Gateway, call: PlannedCall, refusal: GatewayRefusal): GatewayRefusal {
  if (!gateway.closing.reserve()) return new GatewayRefusal("evidence_unavailable");
  return recordRefusal(gateway, call, refusal);
}

/** Whoever sends a body that was long in coming, as of now. A key that was revoked meanwhile sends nothing more. */
async function stillMay(
  gateway: Gateway,
  request: IncomingMessage,
  draft: CallDraft,
  use: Omit<KeyUse, "at">,
): Promise<Caller> {
  const unsent = (by: CallDraft, refusal: GatewayRefusal): GatewayRefusal =>
    recordUnsent(gateway, planCall(by, notYet, null), refusal);
  let caller: Caller;
  try {
    caller = await callerNow(gateway.identifier, draft.caller, request.headers);
  } catch (error) {
    throw error instanceof GatewayRefusal ? unsent(draft, error) : error;
  }
  const barred = checkKey(caller, { ...use, at: Date.now() });
  if (barred) throw unsent({ ...draft, caller }, barred);
  return caller;
}

/** What can be refused without the body is refused before it is asked for: then nothing of it was anywhere. */
function refuseBeforeBody(gateway: Gateway, call: PlannedCall): void {
  const refusal = refusalOf(call.route);
  if (!refusal) return;
  throw recordUnsent(gateway, call, refusal);
}

type Streamed = Extract<OutgoingBody, { kind: "streamed" }>;

/** `call`: the call as it is known when the body has passed, or was cut. */
function watch(outgoing: Streamed, body: ReceivedBody, draft: CallDraft): { call(): PlannedCall } {
  const digest = startBodyDigest(draft.caller.config.tenant.id);
  watchUpload(outgoing, digest, {
    planAgain: () => planCall(draft, body.content(), null),
    headPassed: body.release,
  });
  return {
    call() {
      const { upload, form } = outgoing;
      if (!upload.isWhole()) form?.end();
      return planCall(draft, body.content(), upload.isWhole() ? digest.hex() : null);
    },
  };
}

type CallTrace = {
  id: string;
  readonly began: number;
  /** null until the caller had all, or was gone. */
  lastedMs: number | null;
  operation: string | null;
  tenant: string | null;
  host: string | null;
  /** null: nothing was sent. */
  region: string | null;
  simulated: boolean;
};

/** One line per call, without content and without keys. */
function finish(
  gateway: Gateway,
  trace: CallTrace,
  outcome: string,
  status: number | null,
  refusal: GatewayRefusal | null,
): void {
  const lasted = trace.lastedMs ?? performance.now() - trace.began;
  const ms = Math.round(lasted);
  gateway.metrics.callEnded({ ...trace, outcome, seconds: lasted / 1_000 });
  const { id: callId, tenant, host } = trace;
  const line = { callId, tenant, host, outcome, status, ms };
  if (refusal?.cause === undefined) gateway.log.info(line, "call");
  else gateway.log.warn({ ...line, err: refusal.cause }, "call");
}

/** A stored answer is asked for as a stream in the query. */
function asksStream(query: string): boolean {
  return query !== "" && /[?&]stream=true(&|$)/i.test(query);
}
