import { describe, expect, it } from "vitest";
import { createLineSplitter } from "./line-splitter.ts";

function split(chunks: readonly (string | Buffer)[], lineBytesMax = 1_000) {
  const lines: string[] = [];
  const splitter = createLineSplitter(lineBytesMax, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return { lines, dropped: splitter.dropped() };
}

describe("createLineSplitter", () => {
  it.each([
    ["LF", ["data: a\n\ndata: b\n\n"]],
    ["CRLF", ["data: a\r\n\r\ndata: b\r\n\r\n"]],
    ["CR", ["data: a\r\rdata: b\r\r"]],
    ["CRLF cut between the two", ["data: a\r", "\n\r", "\ndata: b\r", "\n"]],
    ["no end at the end", ["data: a\n", "data: b"]],
    ["every byte alone", [..."data: a\r\ndata: b\n"]],
  ])("gives the same lines for %s", (_what, chunks) => {
    expect(split(chunks).lines).toEqual(["data: a", "data: b"]);
  });

  it("puts a character together that was cut in two", () => {
    const bytes = Buffer.from("data: é\n");
    expect(split([bytes.subarray(0, 7), bytes.subarray(7)]).lines).toEqual(["data: é"]);
  });

  it("drops a line that is too long, whole or in pieces, and reads the next one", () => {
    expect(split([`${"x".repeat(2_000)}\nok\n`])).toEqual({ lines: ["ok"], dropped: 1 });
    expect(split([..."x".repeat(2_000), "\nok\n"])).toEqual({ lines: ["ok"], dropped: 1 });
  });

  it.each([["\r"], ["\n"], ["\r\n"]])("reads a chunk of nothing but %j once", (end) => {
    // Once for each end would take minutes.
    expect(split([end.repeat(1024 * 1024), "ok"])).toEqual({ lines: ["ok"], dropped: 0 });
  });

  it("holds no more than one line, however long a peer goes on without an end", () => {
    const splitter = createLineSplitter(64 * 1024, () => {});
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const before = process.memoryUsage().arrayBuffers;
    for (let mib = 0; mib < 512; mib += 1) splitter.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    expect(splitter.dropped()).toBe(1);
  });
});
