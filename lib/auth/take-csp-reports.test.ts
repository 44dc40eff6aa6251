import { describe, expect, it } from "vitest";
import { logOutput } from "../testing/log-output.ts";
import { takeCspReports } from "./take-csp-reports.ts";

let minute = 1_000;
const nextMinute = () => {
  minute += 1;
  return minute * 60_000;
};
const taken = async (report: unknown, at = nextMinute()) =>
  (await logOutput(() => takeCspReports(JSON.stringify(report), at)))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const body = {
  documentURL: "https://domicile.example/calls?user=ann@example.org",
  effectiveDirective: "script-src-elem",
  blockedURL: "https://evil.example/steal.js?token=1",
  sample: "alert('ann@example.org')",
  disposition: "enforce",
};

describe("what a browser refused", () => {
  it("is a line with directive, page and origin, and with no word of the rest", async () => {
    const [line, ...more] = await taken([{ type: "csp-violation", age: 1, url: body.documentURL, body }]);
    expect(line).toMatchObject({
      level: "warn",
      directive: "script-src-elem",
      page: "/calls",
      refused: "https://evil.example",
    });
    expect(more).toEqual([]);
    expect(JSON.stringify(line)).not.toMatch(/ann|steal|token|alert/);
  });

  it("is taken from browsers that know the older form alone", async () => {
    const report = {
      "csp-report": {
        "document-uri": "https://domicile.example/",
        "violated-directive": "style-src 'self'",
        "blocked-uri": "inline",
      },
    };
    expect(await taken(report)).toMatchObject([{ directive: "style-src", page: "/", refused: "inline" }]);
  });

  it("is left out where its text is none that could stand there", async () => {
    const odd = {
      ...body,
      documentURL: 'https://x.example/a"}\n{"level":60',
      effectiveDirective: "\u001b[31m",
      blockedURL: "x".repeat(9_000),
    };
    expect(await taken([{ type: "csp-violation", body: odd }])).toMatchObject([
      { directive: null, page: null, refused: null },
    ]);
    for (const none of [[], {}, null, 7, [{ type: "crash", body: {} }]])
      expect(await taken(none)).toEqual([]);
  });

  it("fills no disk: ten lines a minute, and the next says how many there were besides", async () => {
    const report = [{ type: "csp-violation", body }];
    const at = nextMinute();
    let lines = 0;
    for (let n = 0; n < 25; n++) lines += (await taken(report, at)).length;
    expect(lines).toBe(10);
    expect(await taken(report)).toMatchObject([{ leftOut: 15 }]);
    expect(await taken(Array.from({ length: 50 }, () => report[0]))).toHaveLength(5);
  });
});
