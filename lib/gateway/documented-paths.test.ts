import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operationRows } from "../core/calls/operations-table.ts";

const page = readFileSync("docs/gateway.md", "utf8");
/** Rows of the table of paths: operation, and the tests that drive it, by method and path. */
const documented = new Map(
  [...page.matchAll(/^\| ([A-Z]+) `([^`]+)` \| (\S+) \|(?:[^|]*\|){3} ([^|]+) \|$/gm)].map(
    ([, method, path, operation, tests = ""]) => [
      `${method} ${path}`,
      { operation, tests: tests.split("; ") },
    ],
  ),
);
const clients = ["lib/gateway/clients", "lib/gateway/realtime"]
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

describe("docs/gateway.md", () => {
  it.each(operationRows)("has a row for %s %s, with the test that drives it", (method, path, operation) => {
    const row = documented.get(`${method} ${path}`);
    expect(row?.operation).toBe(operation);
    const [every, ...named] = row?.tests ?? [];
    expect(every).toBe("every-path");
    for (const name of named) expect(clients).toContain(`describe("${name}"`);
  });

  it("has no row that the table of operations does not have", () => {
    expect(documented.size).toBe(operationRows.length);
  });
});
