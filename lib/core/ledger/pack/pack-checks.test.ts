import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../bytes.ts";
import { sampleOrigin, strangerKey } from "../testing/sample-log.ts";
import { checkOf } from "./check-range.ts";
import { type PackCheck, packChecks } from "./pack-checks.ts";
import { packFiles, policyFile } from "./pack-files.ts";
import { beat, sampleDrafts } from "./testing/sample-calls.ts";
import { absentLine, samplePack, sampleSigners, sampleSignersAtStart } from "./testing/sample-pack.ts";
import { notPassed, verifySample } from "./testing/verify-sample.ts";

type Case = { readonly zip: Uint8Array; readonly since?: string };
type Members = Readonly<Record<string, unknown>>;

const stranger = [strangerKey.signer(sampleOrigin), ...sampleSigners.slice(1)];
const strangerAtStart = [strangerKey.signer(sampleOrigin), ...sampleSignersAtStart.slice(1)];
const otherRoot = new Uint8Array(32).fill(7);

/** An entry's bytes as the log has them, with other members. */
const changed =
  (at: number, change: (entry: Members) => Members) =>
  (bytes: Uint8Array, index: number): Uint8Array =>
    index === at
      ? utf8Bytes(JSON.stringify(change(JSON.parse(new TextDecoder().decode(bytes)) as Members)))
      : bytes;

const body =
  (change: Members) =>
  (entry: Members): Members => ({ ...entry, body: { ...(entry.body as Members), ...change } });

const put = (path: string, text: string) => (files: Map<string, Uint8Array>) =>
  void files.set(path, utf8Bytes(text));

/**
 * For each check a pack that nothing else refuses. Whoever removes a check, or lets it pass everything, finds its line here
 * red: the pack would pass.
 */
const refusedByOne: Readonly<Record<Exclude<PackCheck, "archive" | "manifest form">, () => Case>> = {
  "pack id": () => samplePack({ id: "0".repeat(32) }),
  "files listed": () => samplePack({ after: put("tables/population.csv", "not listed") }),
  "file hashes": () => samplePack({ after: put(packFiles.words, "How to believe this pack\n") }),
  "manifest signature": () => samplePack({ noteSigners: [strangerKey.signer(sampleOrigin)] }),
  "start checkpoint": () => samplePack({ first: 3, startSigners: strangerAtStart }),
  "end checkpoint": () => samplePack({ endSigners: stranger }),
  "same log": () => samplePack({ manifestRoot: otherRoot }),
  "start frontier": () => samplePack({ first: 3, startRoot: otherRoot }),
  period: () => samplePack({ endTime: "2026-11-22T23:59:59.000Z" }),
  range: () => samplePack({ endRoot: otherRoot }),
  "entries present": () =>
    samplePack({ line: (line, index, leaf) => (index === 5 ? absentLine(leaf, "withheld") : line) }),
  "leaf hashes": () =>
    samplePack({
      files: (files) => {
        const leaves = files.get("log/leaves-00000000.bin");
        if (leaves) leaves[40] = (leaves[40] ?? 0) ^ 1;
      },
    }),
  "entry form": () => samplePack({ entry: changed(11, ({ v, ...entry }) => ({ v, ...entry })) }),
  "entry place": () => samplePack({ entry: changed(11, (entry) => ({ ...entry, index: 4 })) }),
  "entry meaning": () => samplePack({ entry: changed(11, body({ zone: "east" })) }),
  commitments: () =>
    samplePack({ openings: (all) => all.slice(0, 1).map((each) => ({ ...each, value: "somebody else" })) }),
  documents: () => samplePack({ files: put(policyFile("0".repeat(64)), "{}") }),
  "judged again": () =>
    samplePack({
      entry: changed(5, body({ band: "permitted", basis: "none", reasons: [], verdict: "compliant" })),
    }),
  counters: () => samplePack({ drafts: sampleDrafts.with(11, beat(11)) }),
  "report form": () =>
    samplePack({
      report: ({ stated, ...report }) => ({
        ...report,
        stated: { ...stated, cover: { ...stated.cover, simulated: true } },
      }),
    }),
  figures: () =>
    samplePack({
      computed: (computed) => ({ ...computed, deviations: { count: 0, rows: [] } }),
    }),
  "findings table": () => samplePack({ files: put(packFiles.findings, "finding,title\r\n") }),
  since: () => ({
    zip: samplePack().zip,
    since: samplePack({ drafts: sampleDrafts.with(4, beat(3)) }).noteAt(7),
  }),
};

describe("2.17 row 20: no check of the verifier can be taken out unseen", () => {
  it("has a pack for every check but those without which nothing can be read", () => {
    expect(["archive", "manifest form", ...Object.keys(refusedByOne)].sort()).toEqual([...packChecks].sort());
  });

  for (const [name, make] of Object.entries(refusedByOne))
    it(`${name}: one pack is refused by it alone, and would pass without it`, () => {
      const { zip, since } = make();
      const found = verifySample(zip, { since });
      expect(found.verdict).not.toBe("PASS");
      expect(
        new Set(found.checks.filter(({ result }) => result !== "PASS").map((check) => checkOf(check.name))),
      ).toEqual(new Set([name]));
      const without = verifySample(zip, { since, without: [name as PackCheck] });
      expect(notPassed(without)).toEqual([]);
      expect(without.verdict).toBe("PASS");
    });
});
