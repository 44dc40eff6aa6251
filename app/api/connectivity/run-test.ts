import { z } from "zod";
import type { TestedStep } from "../../../lib/contracts/connectivity.ts";
import { matchOperation, unknownOperation } from "../../../lib/core/calls/match-operation.ts";
import { readAnswer } from "../../../lib/core/calls/read-answer.ts";
import { readModelList } from "../../../lib/core/calls/read-model-list.ts";
import type { ConnectionSteps } from "../../../lib/core/connectivity/connection-steps.ts";
import {
  explainCompletion,
  explainKey,
  explainModels,
  isGood,
  type TestAnswer,
  type TestPlace,
} from "../../../lib/core/connectivity/explain-answer.ts";
import { explainConnection } from "../../../lib/core/connectivity/explain-connection.ts";
import { type ExplainedStep, skippedStep } from "../../../lib/core/connectivity/explained-step.ts";

export type TestInput = {
  readonly gatewayUrl: string;
  readonly place: TestPlace;
  readonly connectionToken: string;
  /** A token for one call to the host with the key under test. */
  readonly callToken: () => Promise<string>;
  readonly signal: AbortSignal;
};

/** The six steps of a connectivity test, each when it is done. What a failed one needs is skipped. */
export async function* runTest(input: TestInput): AsyncGenerator<TestedStep> {
  const { place } = input;
  const connection = await connect(input);
  if (connection === null) {
    yield recorded(gatewayAway, null);
    for (const step of ["tcp", "tls", "key", "models", "completion"] as const)
      yield recorded(skippedStep(step), null);
    return;
  }
  for (const step of explainConnection(place.host, connection)) yield recorded(step, null);
  if (connection.failed !== null) {
    for (const step of ["key", "models", "completion"] as const) yield recorded(skippedStep(step), null);
    return;
  }
  const listed = await ask(input, "GET", "/v1/models");
  yield recorded(explainKey(listed.answer, place), listed.callId);
  if (!isGood(listed.answer)) {
    yield recorded(skippedStep("models"), null);
    yield recorded(skippedStep("completion"), null);
    return;
  }
  const models = readModelList(listed.json)?.map(({ id }) => id) ?? null;
  yield recorded(explainModels(listed.answer, models, place), listed.callId);
  const answered = await ask(input, "POST", "/v1/chat/completions", {
    model: place.model,
    messages: [{ role: "user", content: "Reply with the word ok." }],
  });
  const model = isGood(answered.answer) ? answered.modelAnswered : null;
  yield recorded(explainCompletion(answered.answer, model, place), answered.callId);
}

const gatewayAway: ExplainedStep = {
  step: "dns",
  state: "failed",
  ms: null,
  sentence: "The gateway did not answer, so nothing was tried.",
  remedy: "See whether the gateway process runs, and whether GATEWAY_URL of the web process is its address.",
  code: null,
};

function recorded(step: ExplainedStep, callId: string | null): TestedStep {
  return { ...step, callId };
}

const steps = z.object({
  failed: z.enum(["dns", "tcp", "tls"]).nullable(),
  failure: z
    .enum(["dns", "address_refused", "tcp", "tls", "connect_timeout", "idle", "reset", "aborted", "protocol"])
    .nullable(),
  mapped: z.boolean(),
  addresses: z.number(),
  dnsMs: z.number().nullable(),
  tcpMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
}) satisfies z.ZodType<ConnectionSteps>;

async function connect({ gatewayUrl, connectionToken, signal }: TestInput): Promise<ConnectionSteps | null> {
  const response = await fetch(new URL("/internal/connection", gatewayUrl), {
    method: "POST",
    redirect: "error",
    headers: { authorization: `Bearer ${connectionToken}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  }).catch(() => null);
  return response?.ok ? steps.parse(await response.json()) : null;
}

type Asked = {
  readonly answer: TestAnswer;
  readonly json: unknown;
  readonly modelAnswered: string | null;
  readonly callId: string | null;
};

/** One request through our own gateway, recorded as every call is. trust: of a provider's error only code and host are read. */
async function ask(input: TestInput, method: "GET" | "POST", path: string, body?: object): Promise<Asked> {
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const response = await fetch(new URL(path, input.gatewayUrl), {
      method,
      redirect: "error",
      headers: {
        authorization: `Bearer ${await input.callToken()}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([input.signal, AbortSignal.timeout(60_000)]),
    });
    const headMs = elapsed();
    const json: unknown = await response.json().catch(() => null);
    const operation = matchOperation(method, path) ?? unknownOperation;
    const { errorCode, suggestedHost, modelAnswered } = readAnswer(operation, response.status, json);
    const callId = response.headers.get("x-domicile-call-id");
    // What the gateway answers by itself carries the call's id as the request's.
    const isOwn = !response.ok && response.headers.get("x-request-id") === callId;
    return {
      answer: {
        status: response.status,
        headMs,
        ms: elapsed(),
        errorCode,
        gatewayMessage: isOwn ? (messageOf(json) ?? "The gateway refused the call.") : null,
        suggestedHost,
      },
      json,
      modelAnswered,
      callId,
    };
  } catch {
    const answer = {
      status: null,
      headMs: elapsed(),
      ms: elapsed(),
      errorCode: null,
      gatewayMessage: null,
      suggestedHost: null,
    };
    return { answer, json: null, modelAnswered: null, callId: null };
  }
}

const gatewayError = z.object({ error: z.object({ message: z.string().max(2_000) }) });

function messageOf(json: unknown): string | null {
  const parsed = gatewayError.safeParse(json);
  return parsed.success ? parsed.data.error.message : null;
}
