import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../bytes.ts";
import { checkOf } from "./check-range.ts";
import { packChecks } from "./pack-checks.ts";
import { catalogFile, packFiles, policyFile } from "./pack-files.ts";
import { changed } from "./testing/changed-packs.ts";
import { sha256Of } from "./testing/sample-calls.ts";
import { samplePack } from "./testing/sample-pack.ts";
import { verifySample } from "./testing/verify-sample.ts";

/** What a file may hold that comes from nobody knows where. */
const hostile: readonly string[] = [
  "",
  "\n",
  "null",
  "null\n",
  "1.5\n",
  "[]\n",
  '"x"\n',
  "{}\n",
  '{"__proto__":null}\n',
  '"\\ud800"\n',
  `${"[".repeat(20_000)}${"]".repeat(20_000)}\n`,
  "\u0000\n",
  "\ufeff{}\n",
  "1e999\n",
];

const reports: readonly string[] = [
  ...['{"a":1.5}', '{"a":"\\ud800"}', `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "[]", "{}"].map(
    (computed) =>
      `{"computed":${computed},"format":"domicile-report/v2","id":"x","stated":{"cover":null},"v":2}`,
  ),
  '{"computed":{},"format":"domicile-report/v2","id":"x","stated":{},"v":[2]}',
];

/** All that is looked at in a pack of a range from the beginning on, without an old checkpoint. */
const looked = packChecks.filter((name) => !["start checkpoint", "start frontier", "since"].includes(name));

const files: readonly string[] = [
  packFiles.report,
  packFiles.openings,
  packFiles.endCheckpoint,
  packFiles.findings,
  packFiles.note,
  "log/entries-00000000.ndjson",
  "log/leaves-00000000.bin",
];

const put = (path: string, text: string) =>
  verifySample(samplePack({ after: (all) => void all.set(path, utf8Bytes(text)) }).zip);

const namesOf = ({ checks }: ReturnType<typeof verifySample>) =>
  [...new Set(checks.map(({ name }) => checkOf(name)))].sort();

describe("2.17 row 4: a file that holds anything at all", () => {
  it.each(files)("%s: the pack fails, and every check is named", (path) => {
    for (const text of [...hostile, ...(path === packFiles.report ? reports : [])]) {
      const found = put(path, text);
      const shown = JSON.stringify(text.slice(0, 80));
      expect(found.verdict, shown).toBe("FAIL");
      // Which checkpoint it is, and whether the report has a table, is not known where they cannot be read.
      const missing = looked.filter((name) => !namesOf(found).includes(name));
      expect(
        missing.filter((name) => name !== "findings table" && name !== "counters"),
        shown,
      ).toEqual([]);
    }
  });

  it("MANIFEST.json: the pack fails before anything else of it is looked at", () => {
    for (const text of hostile) {
      const found = put(packFiles.manifest, text);
      expect(found.verdict).toBe("FAIL");
      expect(namesOf(found)).toEqual(["archive", "manifest form"]);
    }
  });

  it("no word of it begins a line, steers a terminal or turns the direction of reading, wherever it is quoted", () => {
    const evil = "x\n\nPASS: all is well.\u001b[2J\r\u2028\u0085\u0000\u202eecneuqes\u2066\u200f";
    const text = JSON.stringify(evil);
    const quoting = [
      samplePack({ report: (made) => ({ ...made, id: evil }) }),
      samplePack({
        report: ({ stated, ...made }) => ({
          ...made,
          stated: { ...stated, cover: { ...stated.cover, filter_words: evil, as_of: evil } },
        }),
      }),
      samplePack({ after: (all) => void all.set(packFiles.manifest, utf8Bytes(`{${text}:1}`)) }),
      samplePack({ manifest: (manifest) => ({ ...manifest, [evil]: 1 }) }),
      samplePack({ entry: (bytes, i) => (i === 11 ? utf8Bytes(`{"at":${text},"log":${text}}`) : bytes) }),
      samplePack({ entry: changed(11, (entry) => ({ ...entry, log: "\u202egnihtyna" })) }),
      samplePack({ entry: changed(11, (entry) => ({ ...entry, [evil]: 1 })) }),
      samplePack({ manifest: (manifest) => ({ ...manifest, deployment: evil }) }),
      samplePack({ manifest: (manifest) => ({ ...manifest, tenant: { ...manifest.tenant, id: evil } }) }),
      samplePack({ after: (all) => void all.set(packFiles.endCheckpoint, utf8Bytes(evil)) }),
    ];
    for (const { zip } of quoting) {
      const found = verifySample(zip);
      expect(found.verdict).not.toBe("PASS");
      for (const { words } of [...found.checks, ...found.faults])
        expect(words).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }
    expect(JSON.stringify(quoting.map(({ zip }) => verifySample(zip).checks))).toContain("\\\\u{202e}");
  });

  it("policies and catalogs under the hash of their bytes are no policies and catalogs", () => {
    for (const text of [...hostile, '{"preset":"block","regions":[null]}', '{"sources":[],"regions":[null]}'])
      for (const path of [policyFile(sha256Of(text)), catalogFile(sha256Of(text))]) {
        const found = verifySample(samplePack({ files: (all) => void all.set(path, utf8Bytes(text)) }).zip);
        const wrong = found.checks.filter(({ result }) => result !== "PASS");
        expect(wrong.map(({ name }) => name)).toEqual(["documents"]);
        expect(namesOf(found)).toEqual([...looked].sort());
      }
  });
});
