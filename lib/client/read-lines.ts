import { linesOfBody } from "../contracts/lines-of-body.ts";

/** Reads lines of JSON and tells each value as it comes. Ends when the body does; an unfinished last line is dropped. */
export async function readLines<T>(
  body: ReadableStream<Uint8Array>,
  onValue: (value: T) => void,
): Promise<void> {
  for await (const line of linesOfBody(body)) if (line !== "") onValue(JSON.parse(line) as T);
}
