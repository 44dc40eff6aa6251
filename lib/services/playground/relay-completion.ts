import { askGateway } from "../gateway-client/ask-gateway.ts";
import { Refusal } from "../refusal.ts";

export type RelayInput = {
  readonly gatewayUrl: string;
  /** Of `allowPlaygroundCall`. */
  readonly token: string;
  /** `policy`, a region code, or `global`. */
  readonly target: string;
  readonly model: string;
  readonly prompt: string;
  /** Ends when the reader leaves or stops; the gateway then ends the call to the provider. */
  readonly signal: AbortSignal;
};

/** Sends a chat completion to our own gateway and hands its answer on as it comes, errors included. */
export async function relayCompletion(input: RelayInput): Promise<Response> {
  const answer = await ask(input);
  if (answer === null) return new Response(null, { status: 499 });
  const headers = new Headers({
    // `no-transform` keeps Next from compressing, which would hold the events back.
    "cache-control": "no-cache, no-transform",
    "content-type": answer.headers.get("content-type") ?? "application/octet-stream",
    "x-accel-buffering": "no",
  });
  for (const name of passedOn) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.body && passThrough(answer.body, answer.ok), { status: answer.status, headers });
}

const passedOn = [
  "x-domicile-call-id",
  "x-domicile-host",
  "x-domicile-region",
  "x-should-retry",
  "x-request-id",
] as const;

/** null where the reader has left before an answer came. */
async function ask(input: RelayInput): Promise<Response | null> {
  const { gatewayUrl, token, target, model, prompt, signal } = input;
  const asked = await askGateway({
    gatewayUrl,
    path: "/v1/chat/completions",
    method: "POST",
    token,
    accept: "text/event-stream",
    targetRegion: target === "policy" ? undefined : target,
    body: {
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: "user", content: prompt }],
    },
    signal,
  });
  if (asked.response !== null) return asked.response;
  if (signal.aborted) return null;
  const { cause } = asked;
  throw new Refusal("unavailable", "The gateway does not answer, so nothing was sent.", { cause });
}

/**
 * The same bytes. An event stream begins with an empty comment, because the head of a response leaves with
 * its first byte: the page then knows host, region and call id before the provider says a word.
 */
function passThrough(body: ReadableStream<Uint8Array>, isStream: boolean): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    start(controller) {
      if (isStream) controller.enqueue(new TextEncoder().encode(":\n\n"));
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        // The reader left, or the gateway ended the connection: the end of the stream says so.
        controller.error(new Error("The answer was cut."));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
