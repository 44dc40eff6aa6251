/** So long may a reader take nothing. One that takes a piece now and then goes on. */
const stalledAfterMs = 120_000;

/**
 * The same answer; `end` is called once, when its last byte was taken, its reader has given up, or making it failed. Whoever takes
 * nothing for two minutes is given up: else a few such readers would hold the places of everybody.
 */
export function endWhenTaken(answer: Response, end: () => void): Response {
  if (answer.body === null) {
    end();
    return answer;
  }
  const reader = answer.body.getReader();
  let stalled: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stalled);
        try {
          const { value, done } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            stalled = setTimeout(() => {
              end();
              controller.error(new Error("Nobody took the answer for two minutes."));
              reader.cancel().catch(() => undefined);
            }, stalledAfterMs).unref();
            return;
          }
          end();
          controller.close();
        } catch (error) {
          end();
          throw error;
        }
      },
      async cancel(reason) {
        clearTimeout(stalled);
        end();
        await reader.cancel(reason);
      },
    },
    // Nothing is asked for before it is taken, as before.
    { highWaterMark: 0 },
  );
  return new Response(body, answer);
}
