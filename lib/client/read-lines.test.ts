import { describe, expect, it } from "vitest";
import { readLines } from "./read-lines.ts";

function bodyOf(...pieces: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

describe("readLines", () => {
  it("tells each value once, however the bytes were cut, and drops a line without an end", async () => {
    const told: unknown[] = [];
    await readLines(bodyOf('{"a":1}\n{"', 'b":"ü"}\n\n[', '2]\n{"cut"'), (value) => told.push(value));
    expect(told).toEqual([{ a: 1 }, { b: "ü" }, [2]]);
  });

  it("takes every end of a line that a sender may write, also one that came apart", async () => {
    const told: unknown[] = [];
    await readLines(bodyOf("1\r\n2\r", "\n3\r4\n"), (value) => told.push(value));
    expect(told).toEqual([1, 2, 3, 4]);
  });
});
