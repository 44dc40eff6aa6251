import { expect, it } from "vitest";
import { beginningBytes, createFirstRecords } from "./first-records.ts";
import { recordBytesMax } from "./split-records.ts";

/** Of a CSV file that is read as far as is wanted. */
function firstOf(text: string): (number | null)[] {
  const bytes = Buffer.from(text);
  const first = createFirstRecords({ format: "csv", beginning: text.slice(0, 256) }, 20);
  let at = 0;
  for (let wanted = true; wanted && at < bytes.length; at += beginningBytes)
    wanted = first.push(bytes.subarray(at, at + beginningBytes));
  return first.end(at >= bytes.length).map((record) => record.text?.length ?? null);
}

it.each([
  ["whose columns alone are longer than what is read at once", `${"c".repeat(beginningBytes)},at\nnow`, 3],
  ["whose first row is", `at,prompt\nnow,${"p".repeat(beginningBytes)}\nlater,short\n`, 3],
])("of a file %s, columns and first row are there", (_, text, shortest) => {
  const found = firstOf(text);
  expect(found.length).toBeGreaterThanOrEqual(2);
  expect(found.every((length) => length !== null && length >= shortest)).toBe(true);
});

it("of a file that is nothing but the line of its columns, without an end, that line is there", () => {
  expect(firstOf("at,host")).toEqual([7]);
});

it("a line of columns that is longer than any record is there as too long", () => {
  expect(firstOf(`${"c".repeat(recordBytesMax + 1)}\nnow\n`)[0]).toBeNull();
});
