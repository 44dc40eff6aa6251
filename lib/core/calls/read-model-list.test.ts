import { expect, it } from "vitest";
import { compareListings, readModelList } from "./read-model-list.ts";

const list = (...data: unknown[]) => ({ object: "list", data });

it("reads names and announced ends, sorted, each once, and no other text", () => {
  const answer = list(
    { id: "gpt-b", object: "model", owned_by: "system", shutdown_date: "2027-01-14" },
    { id: "gpt-a", shutdown_date: null },
    { id: "gpt-a", shutdown_date: "soon" },
  );
  expect(readModelList(answer)).toEqual([
    { id: "gpt-a", shutdownOn: null },
    { id: "gpt-b", shutdownOn: "2027-01-14" },
  ]);
});

it.each([
  null,
  "list",
  { data: [] },
  { object: "list" },
  list({ id: "gpt a" }),
  list({ name: "gpt-a" }),
  list({ id: "x".repeat(2000) }),
  { object: "list", data: Array.from({ length: 5001 }, (_, at) => ({ id: `m${at}` })) },
])("takes %j for no list, so that nobody concludes from what is absent", (answer) => {
  expect(readModelList(answer)).toBeNull();
});

it("says what came, what went and whose end moved", () => {
  const before = [
    { id: "a", shutdownOn: null },
    { id: "b", shutdownOn: null },
    { id: "c", shutdownOn: "2027-01-01" },
  ];
  const after = [
    { id: "b", shutdownOn: "2027-02-01" },
    { id: "c", shutdownOn: "2027-01-01" },
    { id: "d", shutdownOn: null },
  ];
  expect(compareListings(before, after)).toEqual({ added: ["d"], removed: ["a"], shutdowns: ["b"] });
  expect(compareListings(after, after)).toEqual({ added: [], removed: [], shutdowns: [] });
});
