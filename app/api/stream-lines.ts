import { wordlessError } from "../../lib/auth/wordless-error.ts";
import { log } from "../../lib/log.ts";

/**
 * Values as lines of JSON, each sent as it comes. The reader's leaving ends the source. What the source throws is in the log,
 * as with any request; its reader sees the lines end before their end.
 */
export function streamLines(values: AsyncGenerator<unknown>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await values.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      } catch (error) {
        log.error({ err: wordlessError(error) }, "answer cut");
        controller.error(new Error("The answer was cut."));
      }
    },
    async cancel() {
      await values.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "application/x-ndjson",
      // `no-transform` keeps Next from compressing, which would hold the lines back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
