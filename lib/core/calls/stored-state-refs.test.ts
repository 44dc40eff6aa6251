import { describe, expect, it } from "vitest";
import { storedStateRefs } from "./stored-state-refs.ts";

describe("an item of the input", () => {
  it.each([
    ["an id alone stands for a stored item", { id: "msg_1" }, ["item_reference"]],
    ["a role makes it content of its own", { id: "msg_1", role: "user", content: "Hello." }, []],
    ["so does a type", { id: "fc_1", type: "function_call_output", output: "4" }, []],
    ["and both do", { id: "msg_1", type: "message", role: "assistant", content: "Hello." }, []],
    ["without an id it names nothing", { content: "Hello." }, []],
  ])("%s", (_what, item, refs) => {
    expect(storedStateRefs({ input: [item] }, [], [])).toEqual(refs);
  });
});
