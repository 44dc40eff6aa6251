import { expect, it } from "vitest";
import { type Reference, readReference } from "./read-reference.ts";

const id = "01a204c3-fa91-74a4-8061-89a1cdf4f4cb";

it.each<[string, Reference | null]>([
  ["F-12", { kind: "finding", no: 12 }],
  [" f12 ", { kind: "finding", no: 12 }],
  ["ex 3", { kind: "exception", no: 3 }],
  ["EX-0012", { kind: "exception", no: 12 }],
  [id.toUpperCase(), { kind: "id", id }],
  ["F-0", null],
  ["F-12345678901", null],
  ["12", null],
  ["find", null],
  [`${id}0`, null],
  ["", null],
])("%j names %j", (typed, reference) => {
  expect(readReference(typed)).toEqual(reference);
});
