import { expect, it } from "vitest";
import { createPieceCutter } from "./cut-pieces.ts";

function cut(text: string, limits: { recordsMax: number; textMax: number }, skip = 0) {
  const cutter = createPieceCutter({ form: "lines", skip, ...limits });
  const bytes = new TextEncoder().encode(text);
  return [...cutter.push(bytes.slice(0, 5)), ...cutter.push(bytes.slice(5)), ...cutter.end()];
}

const texts = (pieces: ReturnType<typeof cut>) =>
  pieces.map(({ records }) => records.map(({ text }) => text));

it("numbers pieces without gaps, none larger than it may be, and leaves nothing out", () => {
  const pieces = cut("a\nb\nc\nd\ne", { recordsMax: 2, textMax: 100 });
  expect(texts(pieces)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  expect(pieces.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect(pieces.at(-1)?.bytesRead).toBe(9);
});

it("sends a record alone that is longer than a piece, and begins behind what is no record", () => {
  expect(texts(cut("head\naa\nbbbbbbbb\nc", { recordsMax: 10, textMax: 4 }, 1))).toEqual([
    ["aa"],
    ["bbbbbbbb"],
    ["c"],
  ]);
});

it("makes no piece of an empty file", () => {
  expect(cut("", { recordsMax: 1, textMax: 1 })).toEqual([]);
  expect(cut("head\n", { recordsMax: 1, textMax: 1 }, 1)).toEqual([]);
});
