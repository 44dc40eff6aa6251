import type { FollowEvent } from "../../../../lib/services/calls/follow-calls.ts";

const heartbeatMs = 10_000;

/** Events as a browser reads them; a comment now and then, so that nobody between takes the silence for an end. */
export function followStream(
  events: AsyncGenerator<FollowEvent>,
  stopping: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let spokenAt = Number.NEGATIVE_INFINITY;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      for (;;) {
        const { done, value } = await events.next();
        if (done) return controller.close();
        const text = textOf(value, performance.now() - spokenAt > heartbeatMs);
        if (text === null) continue;
        spokenAt = performance.now();
        return controller.enqueue(encoder.encode(text));
      }
    },
    cancel: () => stopping.abort(),
  });
}

function textOf(event: FollowEvent, isSilent: boolean): string | null {
  if (event.kind === "calls")
    return `id: ${event.calls.cursor}\nevent: calls\ndata: ${JSON.stringify(event.calls)}\n\n`;
  if (event.kind === "ended") return "event: ended\ndata: {}\n\n";
  return isSilent ? ": nothing new\n\n" : null;
}
