import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const folder = import.meta.dirname;
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));

describe("a change", () => {
  it("can be had through the one helper only, which demands permission and event", () => {
    expect(sources.length).toBeGreaterThan(40);
    const opensToWrite = sources.filter(({ text }) =>
      /withTenant\(\s*(tenantScope|\{[^}]*write: (?!null))/.test(text),
    );
    expect(opensToWrite.map(({ name }) => name)).toEqual(["mutation.ts"]);
    const changes = sources.filter(({ text }) => /\btx\.\w+\.(create|update|upsert|delete)/.test(text));
    const without = changes.filter(({ text }) => !/from "\.\.\/mutation\.ts"/.test(text));
    expect(changes.length).toBeGreaterThan(5);
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});
