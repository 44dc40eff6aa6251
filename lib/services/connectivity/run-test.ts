import { z } from "zod";
import type { TestedStep } from "../../contracts/connectivity.ts";
import { matchOperation, unknownOperation } from "../../core/calls/match-operation.ts";
import { providerError } from "../../core/calls/provider-error.ts";
import { readAnswer } from "../../core/calls/read-answer.ts";
import { readModelList } from "../../core/calls/read-model-list.ts";
import type { ConnectionSteps } from "../../core/connectivity/connection-steps.ts";
import {
  explainCompletion,
  explainKey,
  explainModels,
  isGood,
  type TestAnswer,
  type TestPlace,
} from "../../core/connectivity/explain-answer.ts";
import { explainConnection } from "../../core/connectivity/explain-connection.ts";
import { type ExplainedStep, skippedStep } from "../../core/connectivity/explained-step.ts";
import { askGateway, within } from "../gateway-client/ask-gateway.ts";

export type TestInput = {
  readonly gatewayUrl: string;
  readonly place: TestPlace;
  readonly connectionToken: string;
  /** A token for one call to the host with the key under test. */
  readonly callToken: () => Promise<string>;
  readonly signal: AbortSignal;
};

const connectionMs = 30_000;
const answerMs = 60_000;

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
  const { response } = await askGateway({
    gatewayUrl,
    path: "/internal/connection",
    method: "POST",
    token: connectionToken,
    signal: within(connectionMs, signal),
  });
  return response?.ok ? steps.parse(await response.json()) : null;
}

type Asked = {
  readonly answer: TestAnswer;
  readonly json: unknown;
  readonly modelAnswered: string | null;
  readonly callId: string | null;
};

/** trust: of a provider's error only code and host are read. */
async function ask(input: TestInput, method: "GET" | "POST", path: string, body?: object): Promise<Asked> {
  const token = await input.callToken();
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10;
  const asked = await askGateway({
    gatewayUrl: input.gatewayUrl,
    path,
    method,
    token,
    accept: "application/json",
    body,
    signal: within(answerMs, input.signal),
  });
  const headMs = elapsed();
  if (asked.response === null) {
    const said = { errorCode: null, gatewayMessage: null, suggestedHost: null };
    return {
      answer: { status: null, headMs, ms: headMs, ...said },
      json: null,
      modelAnswered: null,
      callId: null,
    };
  }
  const { response, callId, isOwn } = asked;
  const json: unknown = await response.json().catch(() => null);
  const operation = matchOperation(method, path) ?? unknownOperation;
  const { errorCode, suggestedHost, modelAnswered } = readAnswer(operation, response.status, json);
  const gatewayMessage = isOwn ? (providerError(json).message ?? "The gateway refused the call.") : null;
  return {
    answer: { status: response.status, headMs, ms: elapsed(), errorCode, gatewayMessage, suggestedHost },
    json,
    modelAnswered,
    callId,
  };
}
