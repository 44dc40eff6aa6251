import type { IncomingMessage, ServerResponse } from "node:http";
import { mayMakeObject } from "../core/resources/resource-events.ts";
import { asksDeployment } from "../core/upstreams/target-up.ts";
import { keyHeaderOf } from "../core/upstreams/upstream.ts";
import { clientAddress } from "../http/client-address.ts";
import { newCallId } from "../services/calls/new-call-id.ts";
import { admit } from "./admit.ts";
import { answerError, GatewayRefusal } from "./answer-error.ts";
import { letGo } from "./body/let-go.ts";
import { isStreamed, isWaiting, receiveBody } from "./body/receive-body.ts";
import type { ReceivedBody } from "./body/received-body.ts";
import { bodyDigest } from "./body-digest.ts";
import { endTrace, startTrace } from "./call-trace.ts";
import { clearCall } from "./clear-call.ts";
import type { Gateway } from "./gateway.ts";
import { headersUp, oneLine } from "./headers.ts";
import { objectionNow, stillMay } from "./late-body.ts";
import type { Entered } from "./limits/limits.ts";
import { noteListing } from "./note-listing.ts";
import { objectsMade } from "./objects/objects-made.ts";
import { createObserver } from "./observe.ts";
import { openBatchTap } from "./open-batch-tap.ts";
import type { OpenedCall } from "./open-call.ts";
import { notYet, planCall } from "./plan-call.ts";
import { type PlannedCall, recordOf, unendedRecordOf } from "./record.ts";
import { recordRefusal } from "./record-refusal.ts";
import { regionOfHost } from "./region-of-host.ts";
import { relay } from "./relay.ts";
import { refusalOf } from "./route.ts";
import { splitTarget } from "./split-target.ts";
import { findSurface } from "./surfaces.ts";
import { traceHeaders } from "./telemetry/trace-context.ts";
import { type WatchedUpload, watchUpload } from "./watch-upload.ts";

/** One call: admit, plan, open, send, relay, close. Answers in every case; never throws. */
export async function forward(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  gateway.pace.stir();
  const startedAt = Date.now();
  const began = performance.now();
  const id = newCallId(startedAt);
  const trace = startTrace(id, began);
  const ownHeaders: Record<string, string> = { "x-domicile-call-id": id };
  let body: ReceivedBody | null = null;
  let entered: Entered | null = null;
  let passing: WatchedUpload | null = null;
  /** For a word of ours before its body comes. */
  let waits = isWaiting(request);
  /** Has an intent and a place in the close queue, and no record yet. */
  let unrecorded: OpenedCall | null = null;
  /** Who names what this call made waits until this was called. */
  let learn = null as ReturnType<Gateway["objects"]["expect"]> | null;
  try {
    if (gateway.isStopping()) throw new GatewayRefusal("shutting_down");
    const { method = "", headers, rawHeaders } = request;
    const { path, query } = splitTarget(request.url);
    const operation = findSurface(method, path);
    trace.operation = operation.id;
    const admitted = await admit(gateway, {
      id,
      startedAt,
      path,
      operation,
      headers,
      rawHeaders,
      address: clientAddress(request, gateway.trustedHops),
      asksStream: asksStream(query),
      content: notYet,
      onCaller({ config: { tenant } }) {
        trace.tenant = tenant.slug;
        trace.simulated = tenant.mode === "simulated";
      },
    });
    const admittedAt = performance.now();
    entered = admitted.entered;
    const { use, incoming } = admitted;
    let { draft, traced } = admitted;
    const { tenant } = draft.caller.config;
    const batch = await openBatchTap(gateway.objects, draft);
    if (batch) draft = { ...draft, batch };
    let untilModel = false;
    if (waits || isStreamed(request)) {
      const early = planCall(draft, notYet, null);
      refuseBeforeBody(gateway, early);
      untilModel = asksDeployment(early.route.upstream, path);
    }
    if (waits) response.writeContinue();
    waits = false;
    body = await receiveBody(request, gateway.bodyLimits, batch && (() => batch), untilModel);
    const { outgoing, content } = body;
    const digest = outgoing.kind === "held" ? bodyDigest(tenant.id, outgoing.bytes) : null;
    const isLate = performance.now() - admittedAt > gateway.identifiedMsMax;
    if (isLate) draft = { ...draft, caller: await stillMay(gateway, headers, draft, use) };
    let call = planCall(draft, content(), digest);
    const named = call.reading.objectsUsed;
    if (named.length > 0) {
      draft = { ...draft, known: await gateway.objects.look(tenant.id, named) };
      call = planCall(draft, content(), digest);
    }
    const { route } = call;
    const { host } = route.plan;
    trace.host = host;

    const late = isLate ? objectionNow(call, draft, content(), Date.now()) : null;
    const refusal = body.refusal() ?? refusalOf(route) ?? late;
    const { opened, target, providerKey } = await clearCall(gateway, call, query, refusal);
    unrecorded = opened;
    const { intent } = opened;
    call = opened.call;
    if (call.gap) {
      draft = { ...draft, id: call.id, gap: call.gap };
      if (call.id !== id) traced = gateway.spans.begin(call.id, startedAt, incoming);
      trace.id = call.id;
      ownHeaders["x-domicile-call-id"] = call.id;
    }

    if (outgoing.kind === "streamed")
      passing = watchUpload(gateway, { outgoing, body, headers, call, draft, use });
    const { caller } = draft;
    ownHeaders["x-domicile-region"] = regionOfHost(route, caller.config.catalog);
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
          ...headersUp(headers, keyHeaderOf(route.upstream, providerKey), caller.ownProviderKey !== null),
          ...traceHeaders(traced),
        },
        body: outgoing,
      },
      response,
      ownHeaders: { ...ownHeaders },
      observe: (status, answered, onDrain) =>
        createObserver({
          operation,
          status,
          contentType: oneLine(answered["content-type"]),
          contentEncoding: oneLine(answered["content-encoding"]),
          budget: gateway.bodyLimits.budget,
          onDrain,
        }),
      onUnread: (error) => gateway.log.error({ callId: trace.id, err: error }, "an answer could not be read"),
      isCutting: gateway.isCutting,
      stallMsMax: gateway.stallMsMax,
      onOver: () => {
        gateway.pace.stir();
        endedAt = Date.now();
        trace.lastedMs = performance.now() - began;
        entered?.leave();
        passing?.stop();
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
    const refused = outcome.refusal ?? outcome.stopped;
    endTrace(gateway, trace, refused?.code ?? outcome.end, seen.status, refused);
  } catch (error) {
    if (unrecorded) gateway.closing.add(unendedRecordOf(unrecorded.call, unrecorded.intent));
    const refusal =
      error instanceof GatewayRefusal ? error : new GatewayRefusal("internal_error", { cause: error });
    // Of a body that was not asked for nobody knows whether it comes, so the connection is of no more use.
    if (waits || refusal.code === "request_timeout") ownHeaders.connection = "close";
    answerError(response, refusal, { ...ownHeaders, "x-request-id": trace.id });
    endTrace(gateway, trace, refusal.code, null, refusal);
  } finally {
    learn?.([]);
    passing?.stop();
    entered?.leave();
    body?.release();
    gateway.spans.forget(id);
    if (trace.id !== id) gateway.spans.forget(trace.id);
    letGo(request, gateway.bodyLimits.arrivalMsMax);
  }
}

/** What can be refused without the body is refused before it is asked for: then nothing of it was anywhere. */
function refuseBeforeBody(gateway: Gateway, call: PlannedCall): void {
  const refusal = refusalOf(call.route);
  if (refusal) throw recordRefusal(gateway, call, refusal);
}

/** A stored answer is asked for as a stream in the query. */
function asksStream(query: string): boolean {
  return query !== "" && /[?&]stream=true(&|$)/i.test(query);
}
