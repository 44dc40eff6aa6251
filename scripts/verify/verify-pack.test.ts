import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparedDay, sampleDrafts } from "../../lib/core/ledger/pack/testing/sample-calls.ts";
import { samplePack } from "../../lib/core/ledger/pack/testing/sample-pack.ts";
import { sampleTrustRoot } from "../../lib/core/ledger/testing/sample-log.ts";
import { bundleVerifier } from "../supervisor/bundle-verifier.ts";

describe("2.17 row 18: the one file that is offered for download", () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [at("domicile-verify.mjs"), ...args], {
      cwd: folder,
      env: { ...process.env, INIT_CWD: folder },
      encoding: "utf8",
    });

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-verifier-"));
    await bundleVerifier(folder);
    fs.writeFileSync(at("pack.zip"), samplePack().zip);
    fs.writeFileSync(at("trust-root.json"), JSON.stringify(sampleTrustRoot()));
    const line = (bytes: Uint8Array, index: number) => (index === 5 ? null : bytes);
    fs.writeFileSync(at("short.zip"), samplePack({ line }).zip);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it("answers 0 where the record is intact, 1 where not, 2 where it cannot be told, 3 where it was not asked properly", () => {
    const intact = run("pack.zip", "--trust", "trust-root.json", "--json");
    expect([intact.status, JSON.parse(intact.stdout)]).toMatchObject([0, { verdict: "PASS", status: 0 }]);
    const broken = run("short.zip", "--trust", "trust-root.json");
    expect([broken.status, broken.stdout]).toEqual([1, expect.stringContaining("Entry 5 is missing.")]);
    expect(run("pack.zip").status).toBe(2);
    expect(run("nowhere.zip").status).toBe(3);
    expect(run().status).toBe(3);
  });

  it("says what the provider counted, and finds a count of what is missing that does not follow", () => {
    const lie = (missing: number) => samplePack({ drafts: [...sampleDrafts, comparedDay({ missing })] }).zip;
    fs.writeFileSync(at("compared.zip"), lie(3));
    const said = run("compared.zip", "--trust", "trust-root.json").stdout;
    expect(said).toMatch(/ {2}requests the provider counted {2}43\n {2}of these not in the record {5}3\n/);
    expect(said).toContain("PASS          comparisons: 1 entries hold the provider's own count");
    fs.writeFileSync(at("compared.zip"), lie(1));
    const found = run("compared.zip", "--trust", "trust-root.json");
    expect([found.status, found.stdout]).toEqual([
      1,
      expect.stringContaining(
        'Entry 12 says "more_at_provider" with 1 missing; from its counts follows "more_at_provider" with 3.',
      ),
    ]);
  });

  it("answers 1 and names every check where a file holds anything at all, and prints it as JSON too", () => {
    const put = (path: string, text: string) =>
      samplePack({ after: (files) => void files.set(path, Buffer.from(text)) }).zip;
    const float = '{"computed":{"a":1.5},"format":"domicile-report/v2","id":"x","stated":{},"v":2}';
    for (const zip of [put("report.json", float), put("log/openings.ndjson", "null\n")]) {
      fs.writeFileSync(at("hostile.zip"), zip);
      const found = run("hostile.zip", "--trust", "trust-root.json", "--json");
      expect([found.status, found.stderr]).toEqual([1, ""]);
      const said = JSON.parse(found.stdout);
      expect(said).toMatchObject({ verdict: "FAIL", status: 1 });
      expect(said.checks.length).toBeGreaterThan(20);
    }
  });

  it("answers 2 in words where it stops over something nobody expected", () => {
    // A file that becomes shorter while it is read: here a system that tells more of it than there is.
    fs.writeFileSync(
      at("fails.mjs"),
      "import fs from 'node:fs'; const real = fs.fstatSync; fs.fstatSync = (fd) => ({ size: real(fd).size + 9 });",
    );
    const args = ["--import", "./fails.mjs", at("domicile-verify.mjs"), "pack.zip", "--json"];
    const found = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, INIT_CWD: folder },
      encoding: "utf8",
    });
    expect([found.status, JSON.parse(found.stdout)]).toMatchObject([
      2,
      {
        verdict: "UNVERIFIABLE",
        checks: [{ name: "verifier", words: expect.stringContaining("became shorter") }],
      },
    ]);
  });

  it("is the same bytes each time, and needs nothing beside Node", async () => {
    const first = fs.readFileSync(at("domicile-verify.mjs"), "utf8");
    await bundleVerifier(folder);
    expect(fs.readFileSync(at("domicile-verify.mjs"), "utf8")).toBe(first);
    const imports = [...first.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, from]) => from);
    expect(imports.filter((from) => !from?.startsWith("node:"))).toEqual([]);
  });
});
