import { describe, expect, it } from "vitest";
import { judgeCall } from "../judge.ts";
import { reasonOrder } from "../reason-order.ts";
import { contradictionsIn } from "./contradictions.ts";
import { claimsInWords, inWords, normalised } from "./expectation.ts";
import { goldenTable } from "./golden-table.ts";
import { questionOf } from "./question.ts";
import { version2 } from "./version-2.ts";

const all = Object.values(goldenTable).flat();

describe.each(Object.entries(goldenTable))("the golden table: %s", (_theme, cases) => {
  const lines = cases.map(([situation, given, expected, claims]) => ({ situation, given, expected, claims }));
  it.each(lines)("$situation", ({ given, expected, claims }) => {
    const question = questionOf(given);
    const { call } = judgeCall(question);
    expect(inWords(call)).toBe(normalised(expected));
    if (claims !== undefined) expect(claimsInWords(claims, call.claims, question.catalog)).toBe(claims);
  });
});

describe("version 2 of the judge", () => {
  it("answers every line as it did, whatever later versions answer", () => {
    const said = all.map(([situation, given, expected, claims]) => {
      const [was, claimsThen = claims] = version2[situation] ?? [expected];
      const question = questionOf(given);
      const { call } = judgeCall({ ...question, byJudge: 2 });
      const told = claimsThen === undefined ? "" : claimsInWords(claimsThen, call.claims, question.catalog);
      return {
        found: `${situation}: v${call.judgeVersion} ${inWords(call)} | ${told}`,
        wanted: `${situation}: v2 ${normalised(was)} | ${claimsThen ?? ""}`,
      };
    });
    expect(said.map(({ found }) => found)).toEqual(said.map(({ wanted }) => wanted));
  });

  it("is told apart only where it differs", () => {
    const lines = new Map(all.map(([situation, , ...says]) => [situation, says]));
    const idle = Object.entries(version2).filter(([situation, [was, claims]]) => {
      const now = lines.get(situation);
      return now === undefined || (normalised(now[0]) === normalised(was) && now[1] === claims);
    });
    expect(idle).toEqual([]);
  });
});

describe("the golden table", () => {
  it("has at least 300 lines", () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
  });

  it("says nothing twice and contradicts itself nowhere", () => {
    expect(contradictionsIn(all)).toEqual([]);
  });

  it("names every verdict, every band and every reason of the closed set", () => {
    const words = new Set(all.flatMap(([, , expected]) => expected.split(" ")));
    const needed = ["within", "outside", "unverifiable", "stopped", "none", "in_region", "permitted"];
    expect([...needed, ...reasonOrder].filter((word) => !words.has(word))).toEqual([]);
  });
});

describe("the search for contradictions", () => {
  it("finds the same input with another answer, a repetition, and a line said twice", () => {
    const found = contradictionsIn([
      ["a", { pin: "eu" }, "within in_region"],
      ["b", { pin: "eu", host: "eu" }, "within permitted"],
      ["c", { host: "global" }, "outside observed host_out_of_region"],
      ["d", { host: "api.openai.com" }, "outside observed host_out_of_region"],
      ["d", { host: "us" }, "outside observed host_out_of_region"],
    ]);
    expect(found).toEqual([
      '"b" contradicts "a": within permitted against within in_region.',
      '"d" repeats "c".',
      'Two lines say "d".',
    ]);
  });
});
