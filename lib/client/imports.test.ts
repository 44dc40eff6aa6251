import { describe, expect, it } from "vitest";
import { recordBytesMax } from "../core/intake/split-records.ts";
import { firstRecords } from "./imports.ts";

const record = (chars: number): string => JSON.stringify({ messages: "x".repeat(chars) });
const sizes = async (text: string, format: "litellm" | "csv" = "litellm") =>
  (await firstRecords(new Blob([text]), format, 21)).map((each) => [each.line, each.text?.length ?? null]);

describe("the first records of a file", () => {
  it("are those of its beginning, and the last one of a short file", async () => {
    expect(await sizes("{}\n{}\n{}")).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    expect(await sizes("")).toEqual([]);
  });

  it("are read to the end of the first one where that is long", async () => {
    const long = record(1_000_000);
    expect((await sizes(`${long}\n${long}\n`))[0]).toEqual([1, long.length]);
    expect(await sizes(`[${long}]`)).toEqual([[1, long.length]]);
    expect(await sizes(long)).toEqual([[1, long.length]]);
    expect(await sizes(`at,prompt\nnow,${long}\n`, "csv")).toEqual([
      [1, 9],
      [2, long.length + 4],
    ]);
  });

  it("hold one that is too long as such, and none that is cut in two", async () => {
    const long = record(2 * recordBytesMax);
    expect(await sizes(`${long}\n{}`)).toEqual([[1, null]]);
    expect(await sizes(`at,prompt\nnow,${long}\n`, "csv")).toEqual([
      [1, 9],
      [2, null],
    ]);
    const half = record(200_000);
    expect(await sizes(`${half}\n${half}\n${half}`)).toEqual([[1, half.length]]);
  });
});
