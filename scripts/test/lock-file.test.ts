import { describe, expect, it } from "vitest";
import { lockFileProblems } from "./lock-file.ts";

describe("lockFileProblems", () => {
  it("finds nothing in our own", () => {
    expect(lockFileProblems()).toEqual([]);
  });

  it("accepts an optional package beside its parent or in a folder above", () => {
    const packages = {
      "node_modules/a": { version: "1.0.0", optionalDependencies: { near: "1", far: "1" } },
      "node_modules/a/node_modules/near": { version: "1.0.0" },
      "node_modules/far": { version: "1.0.0" },
    };
    expect(lockFileProblems(packages)).toEqual([]);
  });

  it("names the platform package that npm could not find and left out", () => {
    const packages = {
      "node_modules/a": { version: "1.0.0", optionalDependencies: { "a-darwin": "1.0.0" } },
    };
    expect(lockFileProblems(packages)).toEqual(["node_modules/a needs a-darwin@1.0.0, which has no entry"]);
  });

  it("refuses an address of one registry", () => {
    const packages = { "node_modules/a": { version: "1.0.0", resolved: "https://registry.example/a.tgz" } };
    expect(lockFileProblems(packages)).toEqual([
      "node_modules/a names a registry's address: everybody's own setting must do",
    ]);
  });
});
