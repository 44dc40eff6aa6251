import { providerError } from "../../../../lib/client/provider-error.ts";
import { readCompletionEvents } from "../../../../lib/client/read-completion-events.ts";
import type { LatencyProbeInput, ProbeSample } from "../../../../lib/contracts/latency.ts";

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
  const token = await callToken(input[side]);
  const began = performance.now();
  const elapsed = () => Math.round((performance.now() - began) * 10) / 10;
  try {
    const response = await fetch(new URL("/v1/chat/completions", gatewayUrl), {
      method: "POST",
      redirect: "error",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify({
        model,
        stream: true,
        messages: [{ role: "user", content: "Reply with the word ok." }],
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]),
    });
    const callId = response.headers.get("x-domicile-call-id");
    if (!response.ok || response.body === null) {
      const { code, message } = providerError(await response.json().catch(() => null));
      // What the gateway answers by itself carries the call's id as the request's; only its words are repeated.
      const isOwn = response.headers.get("x-request-id") === callId;
      return {
        ...nothing,
        callId,
        code: code ?? String(response.status),
        message: isOwn && message !== null ? message : `The provider answered ${response.status}.`,
        refused: isOwn && response.status === 403,
      };
    }
    let firstTextMs: number | null = null;
    const end = await readCompletionEvents(response.body, () => {
      firstTextMs ??= elapsed();
    });
    if (end.kind === "answered")
      return { ...nothing, callId, firstTextMs, totalMs: elapsed(), message: null };
    const code = end.kind === "failed" ? end.code : null;
    return { ...nothing, callId, firstTextMs, code, message: "The answer was cut before its end." };
  } catch {
    return { ...nothing, message: "No answer came in time, or the gateway is away." };
  }
}
