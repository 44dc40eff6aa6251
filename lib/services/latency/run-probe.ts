import type { LatencyProbeInput, ProbeSample } from "../../contracts/latency.ts";
import { readCompletionEvents } from "../../contracts/read-completion-events.ts";
import { providerError } from "../../core/calls/provider-error.ts";
import { askGateway, within } from "../gateway-client/ask-gateway.ts";

export type ProbeInput = Omit<LatencyProbeInput, "tenant"> & {
  readonly gatewayUrl: string;
  /** A token for one call to a target. */
  readonly callToken: (target: string) => Promise<string>;
  /** Ends when the reader leaves or stops; the call that runs then ends too. */
  readonly signal: AbortSignal;
};

const failuresMax = 3;
const answerMs = 60_000;

/**
 * Asks two targets in turn for the same small completion, one call at a time, so that both meet the same moment; each round
 * begins with the other one. A target that the policy refuses, or that failed three times running, is asked no more.
 */
export async function* runProbe(input: ProbeInput): AsyncGenerator<ProbeSample> {
  const failures = { first: 0, second: 0 };
  for (let round = 1; round <= input.rounds; round += 1) {
    const order = round % 2 === 1 ? (["first", "second"] as const) : (["second", "first"] as const);
    for (const side of order) {
      if (failures[side] >= failuresMax || input.signal.aborted) continue;
      const sample = await ask(input, side);
      if (input.signal.aborted) return;
      failures[side] = sample.refused ? failuresMax : sample.totalMs === null ? failures[side] + 1 : 0;
      const { refused: _, ...told } = sample;
      yield { ...told, side, round, last: failures[side] >= failuresMax };
    }
  }
}

type Asked = Omit<ProbeSample, "side" | "round" | "last"> & { readonly refused: boolean };

async function ask(input: ProbeInput, side: "first" | "second"): Promise<Asked> {
  const { gatewayUrl, model, callToken, signal } = input;
  const nothing = { callId: null, firstTextMs: null, totalMs: null, code: null, refused: false };
  const away = "No answer came in time, or the gateway is away.";
  const token = await callToken(input[side]);
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10;
  const asked = await askGateway({
    gatewayUrl,
    path: "/v1/chat/completions",
    method: "POST",
    token,
    accept: "text/event-stream",
    body: { model, stream: true, messages: [{ role: "user", content: "Reply with the word ok." }] },
    signal: within(answerMs, signal),
  });
  if (asked.response === null) return { ...nothing, message: away };
  const { response, callId, isOwn } = asked;
  if (!response.ok || response.body === null) {
    const { code, message } = providerError(await response.json().catch(() => null));
    return {
      ...nothing,
      callId,
      code: code ?? String(response.status),
      // Only the gateway's own words are repeated.
      message: isOwn && message !== null ? message : `The provider answered ${response.status}.`,
      refused: isOwn && response.status === 403,
    };
  }
  let firstTextMs: number | null = null;
  // What breaks while it is read is the connection: what cannot be read of it is passed over.
  const end = await readCompletionEvents(response.body, () => {
    firstTextMs ??= elapsed();
  }).catch(() => null);
  if (end === null) return { ...nothing, message: away };
  if (end.kind === "answered") return { ...nothing, callId, firstTextMs, totalMs: elapsed(), message: null };
  const code = end.kind === "failed" ? end.code : null;
  return { ...nothing, callId, firstTextMs, code, message: "The answer was cut before its end." };
}
