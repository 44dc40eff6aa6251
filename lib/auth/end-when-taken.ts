/** The same answer; `end` is called once, when its last byte was taken, its reader has given up, or making it failed. */
export function endWhenTaken(answer: Response, end: () => void): Response {
  if (answer.body === null) {
    end();
    return answer;
  }
  const reader = answer.body.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read();
          if (!done) {
            controller.enqueue(value);
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
        end();
        await reader.cancel(reason);
      },
    },
    // Nothing is asked for before it is taken, as before.
    { highWaterMark: 0 },
  );
  return new Response(body, answer);
}
