import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  it("is the same bytes each time, and needs nothing beside Node", async () => {
    const first = fs.readFileSync(at("domicile-verify.mjs"), "utf8");
    await bundleVerifier(folder);
    expect(fs.readFileSync(at("domicile-verify.mjs"), "utf8")).toBe(first);
    const imports = [...first.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, from]) => from);
    expect(imports.filter((from) => !from?.startsWith("node:"))).toEqual([]);
  });
});
