import { expect, it } from "vitest";
import { joinReadings } from "./join-readings.ts";
import { matchOperation, unknownOperation } from "./match-operation.ts";
import { readRequest } from "./read-request.ts";

const operation = matchOperation("GET", "/v1/realtime") ?? unknownOperation;
const read = (json: unknown) => readRequest(operation, json);

it("what was asked for once stays asked for", () => {
  const mcp = { type: "mcp", server_url: "https://mcp.example/x" };
  const first = read({ model: "m", tracing: "auto", tools: [mcp], prompt: { id: "pmpt_1" }, store: 1 });
  const joined = joinReadings(first, read({ model: "m", tracing: null, tools: [{ type: "web_search" }] }));
  expect(joined).toMatchObject({
    featuresOffered: ["mcp", "realtime_tracing", "web_search"],
    toolHosts: ["mcp.example"],
    objectsUsed: [{ kind: "prompt", id: "pmpt_1" }],
    storedStateRefs: ["prompt"],
    unreadable: ["store"],
  });
});

it("more names than are kept are unreadable", () => {
  const tools = Array.from({ length: 120 }, (_, at) => ({ type: `tool_${at}` }));
  const joined = joinReadings(read({}), read({ tools }));
  expect(joined.featuresOffered).toHaveLength(100);
  expect(joined.unreadable).toEqual(["tools"]);
});

it.each([
  [undefined, false, { said: false }],
  [false, undefined, { said: false }],
  [true, false, { said: true, value: true }],
  [false, true, { said: true, value: true }],
  [undefined, true, { said: true, value: true }],
  [false, false, { said: true, value: false }],
])("of %s and %s to store, what leaves more at the provider stands", (before, now, joined) => {
  expect(joinReadings(read({ store: before }), read({ store: now })).store).toEqual(joined);
});
