import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { waysIn } from "../../lib/contracts/connect-parsers.ts";
import { hostTyped } from "./host-typed.ts";
import { waySnippets, wayWords } from "./way-snippets.ts";

const input = { gatewayUrl: "https://gate.bank.example/", key: "dom_k_s", model: "gpt-4o" };

describe("the snippets of the ways in", () => {
  it.each(waysIn)("%s names this deployment's gateway and the key, and never the ignored variable", (way) => {
    const parts = waySnippets(way, input);
    expect(parts.length).toBeGreaterThan(0);
    for (const { code } of parts) {
      expect(code).toContain("https://gate.bank.example");
      expect(code).not.toContain("example//");
      expect(code).toContain("dom_k_s");
      expect(code).not.toContain("OPENAI_API_BASE");
    }
    expect(wayWords[way].note).toMatch(/\.$/);
  });

  it("reports a record that is whole JSON, in the shell's own words", () => {
    const [part] = waySnippets("intake", input);
    const command = (part?.code ?? "").replace(/^curl /, "printf '%s\\n' ");
    const words = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n");
    expect(words[0]).toBe("https://gate.bank.example/intake/v1/calls");
    expect(JSON.parse(words.at(-1) ?? "")).toMatchObject([{ clientId: expect.any(String) }]);
  });
});

describe("hostTyped", () => {
  it.each([
    ["https://api.openai.eu/v1", "api.openai.eu"],
    ['export OPENAI_BASE_URL="https://eu.api.openai.com/v1"', "eu.api.openai.com"],
    ["OPENAI_API_BASE=http://user:pw@gate:8787/v1?x", "gate:8787"],
    [" eu.api.openai.com ", "eu.api.openai.com"],
    ["", ""],
  ])("finds the host of %s", (typed, host) => {
    expect(hostTyped(typed)).toBe(host);
  });
});
