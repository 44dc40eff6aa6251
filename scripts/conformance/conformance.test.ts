import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conformance } from "./main.ts";
import { runSets, vectorSets } from "./run-sets.ts";

const vectors = process.env.CONFORMANCE_VECTORS;

describe.skipIf(!vectors)("published vectors (skipped where CONFORMANCE_VECTORS is not set)", () => {
  it.each(runSets(vectors ?? ""))("$set.name: nothing fails, and what does not run is named", (result) => {
    expect(result.failed).toEqual([]);
    expect(result.passed + result.skipped.length + Number(result.missing)).toBeGreaterThan(0);
  });
});

describe("npm run conformance", () => {
  let folder: string;
  let said: string;
  const run = (vectors: string | undefined) =>
    conformance(vectors, (text) => {
      said += text;
      return true;
    });

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-conformance-"));
    said = "";
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("ends with 3 where there is no folder to read", () => {
    expect(run(undefined)).toBe(3);
    expect(run(path.join(folder, "absent"))).toBe(3);
  });

  it("ends with 2 and names every set that is not there", () => {
    expect(run(folder)).toBe(2);
    for (const { name, folder } of vectorSets)
      expect(said).toMatch(new RegExp(`- ${name} .*\n +not run: ${folder} is not there`));
    expect(said).toMatch(/ran 0, passed 0 .* failed 0, .* 17 sets missing\n$/);
  });

  it("ends with 1 and names the vector that fails, and the others still run", () => {
    put("transcribed/rfc6962.json", {
      hashes: [],
      leavesHex: [""],
      rootsHexBySize: ["00".repeat(32), leafOfNothing],
    });
    put("transparency-dev-merkle/testdata/inclusion/one.json", {
      leafIdx: 0,
      treeSize: 1,
      root: Buffer.from(leafOfNothing, "hex").toString("base64"),
      leafHash: Buffer.from(leafOfNothing, "hex").toString("base64"),
      proof: [],
      wantErr: false,
    });
    expect(run(folder)).toBe(1);
    expect(said).toContain("FAILED root of size 0");
    expect(said).toContain("ran 3, passed 2");
  });

  it("counts a set that cannot be read as failed", () => {
    fs.mkdirSync(path.join(folder, "transcribed"));
    fs.writeFileSync(path.join(folder, "transcribed/tlog-proof.json"), "{");
    expect(run(folder)).toBe(1);
    expect(said).toContain("could not be run to its end");
  });

  it("does not pass over a folder it does not know", () => {
    fs.mkdirSync(path.join(folder, "another-set"));
    run(folder);
    expect(said).toContain("- another-set: this program does not know it; not run");
  });

  it("reads integers beyond 2^53 as they stand", () => {
    const leaf = Buffer.alloc(32).toString("base64");
    fs.mkdirSync(path.join(folder, "transparency-dev-merkle/testdata/inclusion"), { recursive: true });
    fs.writeFileSync(
      path.join(folder, "transparency-dev-merkle/testdata/inclusion/big.json"),
      `{"leafIdx":9007199254740993,"treeSize":9007199254740993,"root":"${leaf}","leafHash":"${leaf}","proof":[],"wantErr":true}`,
    );
    run(folder);
    expect(said).toContain("1 files hold integers beyond 2^53: quoted before they were parsed");
  });

  function put(name: string, value: unknown): void {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(value));
  }
});

/** RFC 6962: the root of a tree with one empty leaf. */
const leafOfNothing = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
