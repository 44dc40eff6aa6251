import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../bytes.ts";
import { cosignatureType } from "../cosignature.ts";
import { ed25519Type } from "../note.ts";
import { hasPython, independentCheck } from "../testing/independent-check.ts";
import { clockKey, clockName, logKey, sampleOrigin, strangerKey } from "../testing/sample-log.ts";
import { readTrustRoot } from "../trust-root.ts";
import { packFiles } from "./pack-files.ts";
import { comparedDrafts } from "./testing/sample-calls.ts";
import { samplePack } from "./testing/sample-pack.ts";
import { notPassed, verifySample } from "./testing/verify-sample.ts";
import { goldenFile, goldenPack } from "./testing/write-golden-pack.ts";

const golden = fileURLToPath(new URL("./testing/golden/", import.meta.url));
const zip = fs.readFileSync(goldenFile);
const [first, second, third, fourth, fifth] = ["v1", "v2", "v3", "v4", "v5"].map((version) =>
  fs.readFileSync(path.join(golden, `golden-pack-${version}.zip`)),
) as [Buffer, Buffer, Buffer, Buffer, Buffer];
const trustRoot = readTrustRoot(fs.readFileSync(path.join(golden, "trust-root.json"), "utf8"));
const vkeys = [logKey.vkey(sampleOrigin, ed25519Type), clockKey.vkey(clockName, cosignatureType)];

describe("the golden packs of the repository", () => {
  it.each([
    ["the newest form", zip, 12],
    ["report.json of version 5", fifth, 9],
    ["report.json of version 4", fourth, 9],
    ["report.json of version 3, calls judged by version 2", third, 9],
    ["report.json of version 2", second, 9],
    ["report.json of version 1", first, 9],
  ])("%s passes: what was once written is read for years", (_, pack, entries) => {
    const found = verifySample(pack, { trustRoot });
    expect(notPassed(found)).toEqual([]);
    expect(found.counts).toMatchObject({ entries, judgedAgain: 8 });
  });

  it("of the first forms say of their covers what is not held against anything", () => {
    const wordsOf = (pack: Buffer) =>
      verifySample(pack, { trustRoot }).checks.find(({ name }) => name === "report form")?.words;
    for (const pack of [first, second])
      expect(wordsOf(pack)).toMatch(/of the early form [12]: .* nobody holds against what is signed\.$/);
    for (const pack of [third, fourth, fifth, zip])
      expect(wordsOf(pack)).toMatch(/its cover follows from what is signed\.$/);
  });

  it("is what is written today, byte for byte", () => {
    expect(goldenPack().zip.equals(zip)).toBe(true);
  });
});

const named = "an independent program in Python (skipped where there is no python3)";

describe.skipIf(!hasPython)(named, () => {
  const ask = (packs: readonly Uint8Array[]): string[] => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-pack-"));
    try {
      const files = packs.map((pack, i) => {
        const file = path.join(folder, `${i}.zip`);
        fs.writeFileSync(file, pack);
        return ["pack", file] as const;
      });
      return independentCheck(folder, vkeys, files);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  };

  it("accepts the golden pack, one from the beginning of a log, and one of nothing", () => {
    expect(
      ask([
        zip,
        fifth,
        fourth,
        third,
        second,
        first,
        samplePack().zip,
        samplePack({ first: 12, end: 12 }).zip,
      ]),
    ).toEqual([
      "accepted 12 entries, 8 calls",
      "accepted 9 entries, 8 calls",
      "accepted 9 entries, 8 calls",
      "accepted 9 entries, 8 calls",
      "accepted 9 entries, 8 calls",
      "accepted 9 entries, 8 calls",
      "accepted 12 entries, 10 calls",
      "accepted 0 entries, 0 calls",
    ]);
  });

  it("refuses what we refuse: another signer, a changed entry, a changed file, another figure", () => {
    const answers = ask([
      samplePack({ noteSigners: [strangerKey.signer(sampleOrigin)] }).zip,
      samplePack({
        line: (line, i) =>
          i === 6 ? utf8Bytes(new TextDecoder().decode(line).replace("eu.api", "us.api")) : line,
      }).zip,
      samplePack({ after: (files) => void files.set(packFiles.words, utf8Bytes("believe me\n")) }).zip,
      samplePack({
        computed: (computed) => ({ ...computed, results: { ...computed.results, verdicts: [] } }),
      }).zip,
      samplePack({
        drafts: comparedDrafts,
        computed: (computed) => ({ ...computed, provider_usage: { not_covered: "No day was compared." } }),
      }).zip,
    ]);
    expect(answers).toEqual([
      "refused not signed by the log's key",
      "refused entry 6 is not what the log holds",
      "refused files are not those that are listed",
      "refused the report counts other verdicts",
      "refused the report counts other requests as missing",
    ]);
  });
});
