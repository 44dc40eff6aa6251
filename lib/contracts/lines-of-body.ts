/**
 * The lines of a body as they come, without their ends: a line feed, a carriage return, or both (what server-sent events allow;
 * a line of JSON holds neither). Between the two of a pair that came apart stands an empty line. An unfinished last line is dropped.
 */
export async function* linesOfBody(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
