import { expect, it } from "vitest";
import { documentText } from "./document-text.ts";
import { openaiCatalog } from "./openai-catalog.ts";

it("writes one text for one value, whatever order its members came in", () => {
  expect(documentText({ b: [1, { d: null, c: "é\n" }], a: true, z: undefined })).toBe(
    '{"a":true,"b":[1,{"c":"é\\n","d":null}]}',
  );
});

it("gives the same text after a way through JSON, as a store or a report takes it", () => {
  expect(documentText(JSON.parse(JSON.stringify(openaiCatalog)))).toBe(documentText(openaiCatalog));
});

it("never hashes a number that two programs may write differently, nor text that UTF-8 cannot hold", () => {
  for (const value of [0.5, Number.NaN, 2 ** 53, "\ud800"]) expect(() => documentText({ value })).toThrow();
});
