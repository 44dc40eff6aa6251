import type { IncomingMessage, ServerResponse } from "node:http";
import { v7 } from "uuid";
import type { RefusalRecord } from "../core/calls/call-record.ts";
import { readRequest } from "../core/calls/read-request.ts";
import { answerError, GatewayRefusal } from "./answer-error.ts";
import { readAsked } from "./asked.ts";
import { bodyDigest } from "./body-digest.ts";
import type { Gateway } from "./gateway.ts";
import { headersUp } from "./headers.ts";
import { identify, refuseTwoKeys } from "./identify.ts";
import { type IntentNumber, IntentUnavailable } from "./intents.ts";
import { noteListing } from "./note-listing.ts";
import { createObserver } from "./observe.ts";
import { type ReceivedBody, receiveBody } from "./receive-body.ts";
import { intentOf, type PlannedCall, recordOf, refusedRecordOf } from "./record.ts";
import { regionOfHost } from "./region-of-host.ts";
import { relay } from "./relay.ts";
import { findRoute } from "./route.ts";
import { findSurface } from "./surfaces.ts";

/** One call: identify, plan, open, send, relay, close. Answers in every case; never throws. */
export async function forward(
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = Date.now();
  const began = performance.now();
  const id = v7({ msecs: startedAt });
  const trace: CallTrace = { id, began, tenant: null, host: null, simulated: false };
  const ownHeaders: Record<string, string> = { "x-domicile-call-id": id };
  let body: ReceivedBody | null = null;
  try {
    if (gateway.isStopping()) throw new GatewayRefusal("shutting_down");
    const { method = "", path, query } = targetOf(request);
    const operation = findSurface(method, path);
    refuseTwoKeys(request.rawHeaders);
    const asked = readAsked(request.headers);
    const caller = await identify(gateway.identifier, request.headers);
    const { tenant, catalog } = caller.config;
    trace.tenant = tenant.slug;
    trace.simulated = tenant.mode === "simulated";

    body = await receiveBody(request, operation, gateway.bodyLimits);
    const reading = readRequest(operation, body.json, path);
    const at = new Date(startedAt).toISOString();
    const { relayCountry } = gateway;
    const route = findRoute({ caller, asked, operation, reading, catalog, relayCountry, at });
    const { host } = route.plan;
    trace.host = host;
    const call: PlannedCall = {
      id,
      startedAt,
      path,
      operation,
      asked,
      caller,
      reading,
      hasBody: body.bytes !== null,
      bodyDigest: body.bytes && bodyDigest(tenant.id, body.bytes),
      route,
      catalogVersion: catalog.version,
      relayCountry,
    };

    if (!gateway.closing.reserve()) throw new GatewayRefusal("evidence_unavailable");
    if (route.plan.kind === "refuse" || route.providerKey === null) {
      const { code, message } = refusalOf(route.plan);
      gateway.closing.add(refusedRecordOf(call, { code, message }, null, Date.now()));
      throw new GatewayRefusal(code, { message });
    }
    // crash: durable before the first byte of this request leaves. From here on the sweeper knows of the call.
    const intent = await openIntent(gateway, call);

    ownHeaders["x-domicile-region"] = regionOfHost(host, route.policy, catalog);
    ownHeaders["x-domicile-host"] = host;
    const outcome = await relay({
      dialler: tenant.mode === "simulated" ? gateway.diallers.simulated : gateway.diallers.live,
      request: {
        host,
        method,
        path: path + query,
        headers: headersUp(request.headers, route.providerKey, caller.ownProviderKey !== null),
        body: body.bytes,
      },
      response,
      ownHeaders: { ...ownHeaders },
      observe: (status, headers, onDrain) =>
        createObserver({
          operation,
          status,
          contentType: headers["content-type"],
          contentEncoding: headers["content-encoding"],
          budget: gateway.bodyLimits.budget,
          onDrain,
        }),
      stallMsMax: gateway.stallMsMax,
    });
    gateway.closing.add(recordOf(call, intent, outcome, Date.now()));
    const models = outcome.observation?.modelsListed ?? null;
    if (models !== null)
      noteListing(gateway, {
        tenantId: tenant.id,
        callId: id,
        at: new Date(),
        host,
        region: ownHeaders["x-domicile-region"],
        credentialId: route.credential?.id ?? null,
        simulated: trace.simulated,
        models,
      });
    if (outcome.seen.sentAt !== null) gateway.metrics.observeAdded((outcome.seen.sentAt - began) / 1_000);
    finish(gateway, trace, outcome.refusal?.code ?? outcome.end, outcome.seen.status, outcome.refusal);
  } catch (error) {
    const refusal =
      error instanceof GatewayRefusal ? error : new GatewayRefusal("internal_error", { cause: error });
    answerError(response, refusal, { ...ownHeaders, "x-request-id": id });
    finish(gateway, trace, refusal.code, null, refusal);
  } finally {
    body?.release();
  }
}

async function openIntent(gateway: Gateway, call: PlannedCall): Promise<IntentNumber> {
  try {
    return await gateway.intents.open(intentOf(call));
  } catch (error) {
    const refusal = new GatewayRefusal("evidence_unavailable", { cause: error });
    const intent = error instanceof IntentUnavailable ? error.intent : null;
    // The row may be there after all: then the refusal is what has to be recorded under its number.
    if (intent) {
      const { code, message } = refusal;
      gateway.closing.add(refusedRecordOf(call, { code, message }, intent, Date.now()));
    } else gateway.closing.release();
    throw refusal;
  }
}

type CallTrace = {
  readonly id: string;
  readonly began: number;
  tenant: string | null;
  host: string | null;
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
  const ms = Math.round(performance.now() - trace.began);
  gateway.metrics.countCall(outcome, trace.simulated);
  gateway.metrics.observeDuration(ms / 1_000);
  const { id: callId, tenant, host } = trace;
  const line = { callId, tenant, host, outcome, status, ms };
  if (refusal?.cause === undefined) gateway.log.info(line, "call");
  else gateway.log.warn({ ...line, err: refusal.cause }, "call");
}

function refusalOf(plan: PlannedCall["route"]["plan"]): RefusalRecord & { readonly code: PlanRefusalCode } {
  if (plan.kind !== "refuse") throw new GatewayRefusal("no_provider_credential");
  return { code: plan.code, message: plan.message };
}

type PlanRefusalCode = Extract<PlannedCall["route"]["plan"], { kind: "refuse" }>["code"];

/** trust: only a plain path is one of ours; an absolute address or a fragment is not. */
function targetOf(request: IncomingMessage): { method: string | undefined; path: string; query: string } {
  const url = request.url ?? "";
  const at = url.indexOf("?");
  const path = at === -1 ? url : url.slice(0, at);
  return { method: request.method, path, query: at === -1 ? "" : url.slice(at) };
}
