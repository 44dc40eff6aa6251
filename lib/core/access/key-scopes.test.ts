import { describe, expect, it } from "vitest";
import { operationRows } from "../calls/operations-table.ts";
import { keyScopes, mayCall, scopeOfOperation } from "./key-scopes.ts";

describe("scopes of a key", () => {
  it("give every operation of the API to exactly one scope, but the reading of models", () => {
    const free = operationRows.filter(([, , id]) => scopeOfOperation(id) === null).map(([, , id]) => id);
    expect(free).toEqual(["models.list", "models.retrieve"]);
    for (const scope of keyScopes)
      expect(
        operationRows.some(([, , id]) => scopeOfOperation(id) === scope),
        scope,
      ).toBe(true);
  });

  it.each([
    ["inference", "chat.completions.create", true],
    ["inference", "files.create", false],
    ["inference", "models.list", true],
    ["inference", "unknown", false],
    ["other", "unknown", true],
    ["files", "containers.files.content", true],
    ["fine_tuning", "models.delete", true],
    ["realtime", "live.create", true],
    ["realtime", "responses.connect", false],
    ["inference", "responses.connect", true],
    ["conversations", "agents.sessions.create", true],
    ["conversations", "vaults.credentials.create", false],
    ["batch", "constructor", false],
  ] as const)("%s and %s: %s", (scope, operation, allowed) => {
    expect(mayCall([scope], operation)).toBe(allowed);
  });

  it("leave a key without any free to call everything", () => {
    expect(mayCall([], "unknown")).toBe(true);
  });
});
