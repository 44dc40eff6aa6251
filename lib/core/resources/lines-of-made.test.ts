import { expect, it } from "vitest";
import type { CallFacts } from "../calls/call-facts.ts";
import { linesOfMade } from "./lines-of-made.ts";

const record = (over: Partial<CallFacts>, source: "gateway" | "intake" = "gateway") =>
  ({ facts: { requestBody: "read", ...over } as CallFacts, source }) as const;
const lines = [{ endpoint: "/v1/embeddings", model: "m", features: [], count: 1 }];

it("are a file's own, where they were read", () => {
  expect(linesOfMade("file", record({ batchLines: lines }))).toEqual(lines);
  expect(linesOfMade("file", record({}))).toBeNull();
});

it("rule an upload out for a batch only where the gateway read that it is for something else", () => {
  expect(linesOfMade("upload", record({}))).toBeNull();
  expect(linesOfMade("upload", record({ batchLines: [] }))).toEqual([]);
  expect(linesOfMade("upload", record({ requestBody: "unread" }))).toEqual([]);
  expect(linesOfMade("upload", record({}, "intake"))).toEqual([]);
});

it("are kept with nothing else", () => {
  expect(linesOfMade("batch", record({ batchLines: lines }))).toBeNull();
});
