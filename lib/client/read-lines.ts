/** Reads lines of JSON and tells each value as it comes. Ends when the body does; an unfinished last line is dropped. */
export async function readLines<T>(
  body: ReadableStream<Uint8Array>,
  onValue: (value: T) => void,
): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") onValue(JSON.parse(line) as T);
  }
}
