import { Refusal } from "../services/refusal.ts";

/**
 * The body as text, at most `bytesMax` of it in memory.
 *
 * trust: `content-length` is only used to refuse early; what counts is what comes. No refusal carries a cause: it would
 * quote the body.
 */
export async function readText(request: Request, bytesMax: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge();
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refusal("invalid_input", "The body did not arrive whole.");
    });
    if (value) bytes += value.byteLength;
    if (bytes > bytesMax) {
      // Nothing waits for it: the sender may never answer.
      reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    text += decode(decoder, done ? undefined : value);
    if (done) return text;
  }
}

/** Refuses what is no JSON without a word of it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid_input", "The body is not JSON.");
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array | undefined): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new Refusal("invalid_input", "The body is not UTF-8.");
  }
}

function tooLarge(): Refusal {
  return new Refusal("invalid_input", "The input is too large.");
}
