import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { waysIn } from "../../lib/contracts/connect-parsers.ts";
import { intakeRecord } from "../../lib/contracts/intake.ts";
import { hostTyped } from "./host-typed.ts";
import { waySnippets, wayWords } from "./way-snippets.ts";

const input = {
  gatewayUrl: "https://gate.bank.example/",
  webUrl: "https://domicile.bank.example/",
  key: "dom_k_s",
  model: "gpt-4o",
};

describe("the snippets of the ways in", () => {
  it.each(waysIn)("%s names this deployment's gateway and the key, and never the ignored variable", (way) => {
    const parts = waySnippets(way, input);
    expect(parts.length).toBeGreaterThan(0);
    for (const { title, code } of parts) {
      expect(code).not.toContain("example//");
      expect(code).not.toContain("OPENAI_API_BASE");
      if (title === "Fetch the file") continue;
      expect(code).toContain("https://gate.bank.example");
      expect(code).toContain("dom_k_s");
    }
    expect(wayWords[way].note).toMatch(/\.$/);
  });

  it("reports a record that the intake takes as it stands, in the shell's own words", () => {
    const [part] = waySnippets("intake", input);
    const command = (part?.code ?? "").replace(/^curl /, "printf '%s\\n' ");
    const words = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n");
    expect(words[0]).toBe("https://gate.bank.example/intake/v1/calls");
    const [record] = JSON.parse(words.at(-1) ?? "");
    expect(intakeRecord.parse(record)).toEqual(record);
  });
});

it("names the recorder by the file that these pages serve, and by what it exports", () => {
  const [file, code] = waySnippets("recorder", input);
  expect(file?.code).toBe("curl -fO https://domicile.bank.example/recorder/domicile-recorder.mjs");
  expect(existsSync("public/recorder/domicile-recorder.mjs")).toBe(true);
  expect(code?.code).toContain("createRecorder({ url:");
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
