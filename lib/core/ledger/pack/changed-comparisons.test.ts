import { describe, expect, it } from "vitest";
import { isObject } from "../../is-object.ts";
import { type ComputedReport, isCovered } from "../../reports/computed-report.ts";
import { formatReport } from "../../reports/report.ts";
import { packFiles } from "./pack-files.ts";
import { comparedDrafts, countedDay, sampleDrafts } from "./testing/sample-calls.ts";
import { samplePack } from "./testing/sample-pack.ts";
import { notPassed, verifySample } from "./testing/verify-sample.ts";

/** Every value that is something else in one place: a number, a word or an answer changed, a row or a member left out or put in. */
function* changesOf(value: unknown, at = ""): Generator<readonly [string, unknown]> {
  if (typeof value === "number") yield* [value + 1, -value - 1, String(value)].map((to) => [at, to] as const);
  else if (typeof value === "string")
    yield* [`${value}1`, "", Number(value) + 1 || null].map((to) => [at, to] as const);
  else if (typeof value === "boolean") yield [at, !value];
  else if (value === null) yield* ["x", 0].map((to) => [at, to] as const);
  else if (Array.isArray(value)) {
    yield [`${at} longer`, [...value, value.at(-1) ?? null]];
    for (const [i, each] of value.entries()) {
      yield [`${at}/${i} left out`, value.toSpliced(i, 1)];
      for (const [where, to] of changesOf(each, `${at}/${i}`)) yield [where, value.with(i, to)];
    }
  } else if (isObject(value)) {
    yield [`${at} with more`, { ...value, one_more: 0 }];
    for (const [name, each] of Object.entries(value)) {
      const { [name]: _, ...others } = value;
      yield [`${at}/${name} left out`, others];
      for (const [where, to] of changesOf(each, `${at}/${name}`)) yield [where, { ...others, [name]: to }];
    }
  }
}

describe("what a report says of the provider's count and of pins", () => {
  const made: ComputedReport[] = [];
  samplePack({
    drafts: comparedDrafts,
    computed: (computed) => {
      made.push(computed);
      return computed;
    },
  });
  const [computed] = made as [ComputedReport];
  const changes = (["provider_usage", "pins"] as const).flatMap((name) =>
    [...changesOf(computed[name], `/${name}`)].map(([where, to]) => ({
      where,
      computed: { ...computed, [name]: to },
    })),
  );
  const control = computed.controls.findIndex(({ id }) => id === "provider_count_accounted");
  for (const [where, to] of changesOf(computed.controls[control], "/controls"))
    changes.push({
      where,
      computed: { ...computed, controls: computed.controls.with(control, to as never) },
    });

  it("cannot be changed in any place, also by who signs it: the entries add up to something else", () => {
    expect(isCovered(computed.provider_usage)).toBe(true);
    expect(changes.length).toBeGreaterThan(250);
    const passed = changes.filter(({ computed: to }) => {
      const { zip } = samplePack({ drafts: comparedDrafts, computed: () => to as ComputedReport });
      return !notPassed(verifySample(zip)).includes("FAIL figures");
    });
    expect(passed.map(({ where }) => where)).toEqual([]);
  });

  it("cannot be changed in any of its bytes", () => {
    const text = new TextDecoder().decode(samplePack({ drafts: comparedDrafts }).files.get(packFiles.report));
    const whole = JSON.stringify(JSON.parse(text).computed.provider_usage);
    const [from, to] = [text.indexOf(whole), text.indexOf(whole) + whole.length];
    expect(from).toBeGreaterThan(0);
    const passed: number[] = [];
    // One byte in seven: names and values are of all lengths, so that each kind of place is met.
    for (let at = from; at < to; at += 7) {
      const other = text[at] === "1" ? "2" : "1";
      const bytes = new TextEncoder().encode(text.slice(0, at) + other + text.slice(at + 1));
      const { zip } = samplePack({
        drafts: comparedDrafts,
        files: (files) => void files.set(packFiles.report, bytes),
      });
      if (verifySample(zip).verdict !== "FAIL") passed.push(at);
    }
    expect(passed).toEqual([]);
    expect(formatReport(JSON.parse(text))).toEqual(new TextEncoder().encode(text));
  });
});

describe("an entry that compares a day, of a log whose keys its writer has", () => {
  const day = { providerRequests: 12, batchRequests: 5, state: "more_at_provider", missing: 2 };
  const verdictOf = (over: Readonly<Record<string, string | number>>) =>
    verifySample(samplePack({ drafts: [...sampleDrafts, countedDay({ ...day, ...over })], ...range }).zip)
      .verdict;
  const range = {
    first: 1,
    frame: { period: { from: "2026-11-22T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" } },
  };

  it("is believed as it is", () => expect(verdictOf({})).toBe("PASS"));

  it.each([
    ...["providerRequests", "sent", "edge", "unnamed", "elsewhere", "missing"].map(
      (name) => [name, 1] as const,
    ),
    ...["providerRequests", "sent", "missing"].map((name) => [name, -1] as const),
    ...["accepted", "reported", "ownEdge"].map((name) => [name, 11] as const),
  ])("cannot say %s otherwise by %i", (name, by) => {
    const before: Readonly<Record<string, number>> = { providerRequests: 12, sent: 10, missing: 2 };
    expect(verdictOf({ [name]: (before[name] ?? 0) + by })).toBe("FAIL");
  });

  it.each([
    [
      "hide what is missing by calls that are not here",
      { sent: 12, accepted: 12, state: "agrees", missing: 0 },
    ],
    ["pass for a day that agrees", { state: "agrees", missing: 0 }],
    ["pass for a day that cannot be compared", { state: "not_comparable", missing: 0 }],
    ["be of a day that was not over for long", { day: "2026-11-23" }],
  ])("cannot %s", (_, over) => {
    expect(verdictOf(over)).toBe("FAIL");
  });

  it("can say what is the provider's alone, or another program's: that is not proven, and said", () => {
    expect(verdictOf({ batchRequests: 6 })).toBe("PASS");
    expect(verdictOf({ providerRequests: 10, state: "agrees", missing: 0 })).toBe("PASS");
    expect(verdictOf({ elsewhere: 2, state: "agrees", missing: 0 })).toBe("PASS");
    expect(verdictOf({ open: 1, state: "not_comparable", missing: 0 })).toBe("PASS");
    const { notProven } = verifySample(samplePack({ drafts: [...sampleDrafts, countedDay()], ...range }).zip);
    expect(notProven.join(" ")).toMatch(
      /What the provider counted.*what other tenants recorded of the same project/,
    );
  });
});
