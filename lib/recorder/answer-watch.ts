import type { Operation } from "../core/calls/operation.ts";
import { type AnswerReading, readAnswer } from "../core/calls/read-answer.ts";
import { createStreamReader } from "../core/calls/read-stream.ts";

/** A longer answer, or line of a stream, is not read; the record says so. */
const answerBytesMax = 1024 * 1024;

export type AnswerWatch = {
  push(bytes: Uint8Array): void;
  bytes(): number;
  /** Whether a piece of a streamed answer was among what came. */
  begun(): boolean;
  /** `whole`: the answer came to its end. */
  result(whole: boolean): AnswerReading | null;
};

/** Reads the facts of an answer from a copy of its bytes. What it holds of them is gone when they are read. */
export function createAnswerReader(operation: Operation, status: number, contentType: string): AnswerWatch {
  const isStream = contentType.startsWith("text/event-stream");
  const isJson = /^application\/(.+\+)?json/.test(contentType);
  let begun = false;
  const events = createStreamReader(operation, () => {
    begun = true;
  });
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  let tooLong = false;
  const takeLines = (): void => {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n")) {
      events.push(text.slice(0, at));
      text = text.slice(at + 1);
    }
  };
  return {
    push(chunk) {
      bytes += chunk.byteLength;
      if (tooLong || !(isStream || isJson)) return;
      text += decoder.decode(chunk, { stream: true });
      if (isStream) takeLines();
      if (text.length <= answerBytesMax) return;
      tooLong = true;
      text = "";
    },
    bytes: () => bytes,
    begun: () => begun,
    result(whole) {
      if (isStream) {
        if (text !== "") events.push(text);
        const read = events.result();
        return { ...read, read: read.read && read.complete && !tooLong };
      }
      if (!isJson || !whole || tooLong) return null;
      try {
        return readAnswer(operation, status, JSON.parse(text));
      } catch {
        return null;
      } finally {
        text = "";
      }
    },
  };
}
