import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callDraft } from "../../lib/core/ledger/entries/call-draft.ts";
import {
  clockKey,
  clockName,
  sampleLog,
  sampleOrigin,
  sampleTrustRoot,
  signedAt,
  strangerKey,
} from "../../lib/core/ledger/testing/sample-log.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { chat, dialled, preset } from "../../lib/core/testing/case.ts";
import { recordedCall } from "../../lib/core/testing/recorded-call.ts";
import { checkout } from "../state/home.ts";
import { verifyConsistency } from "./verify-consistency.ts";
import { verifyProof } from "./verify-proof.ts";

const call = callDraft(
  recordedCall({
    facts: chat(),
    attempts: [dialled("eu.api.openai.com")],
    policy: preset("eea_ch"),
    catalog: openaiCatalog,
    pin: { kind: "unknown", region: null, source: "none", since: null, attestedBy: null },
    intendedRegion: "eu",
    refusal: null,
  }),
);
const steer = { id: "e", kind: "\u001b[2Jkey.created" };
const log = sampleLog(20, {
  5: { type: "call", body: call.body },
  6: { type: "signer", body: { ...steer } },
});

let folder: string;
let said = "";
let complained = "";
const files = {
  proof: "entry 5.tlog-proof",
  forged: "forged.tlog-proof",
  steering: "steering.tlog-proof",
  heartbeat: "heartbeat.tlog-proof",
  trust: "trust-root.json",
  consistency: "from-8.txt",
  old: "old.checkpoint",
  rewritten: "rewritten.checkpoint",
  latin: "latin.txt",
};
const at = (name: keyof typeof files): string => path.join(folder, files[name]);
const say = (text: string) => {
  said += text;
};
const complain = (text: string) => {
  complained += text;
};
const prove = (...args: string[]) => verifyProof(args, say, complain);
const compare = (...args: string[]) => verifyConsistency(args, say, complain);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-verify-"));
  const put = (name: keyof typeof files, text: string | Uint8Array) => fs.writeFileSync(at(name), text);
  const forged = [strangerKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)];
  put("proof", log.proofOf(5));
  put("forged", log.proofOf(5, 20, log.noteAt(20, forged)));
  put("steering", log.proofOf(6));
  put("heartbeat", log.proofOf(7));
  put("trust", JSON.stringify(sampleTrustRoot()));
  put("consistency", log.consistencyOf(8));
  put("old", log.noteAt(8));
  put("rewritten", sampleLog(20).noteAt(8));
  put("latin", Uint8Array.of(0xe9));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  said = "";
  complained = "";
});

describe("npm run verify-proof", () => {
  it("0: says what the entry says, that it stands where it stands, and at last what that does not prove", () => {
    expect(prove(at("proof"), "--trust", at("trust"))).toBe(0);
    expect(said).toMatch(/\n {2}host +eu\.api\.openai\.com\n/);
    expect(said).toMatch(/\n {2}verdict +compliant \(/);
    expect(said).toMatch(/\n {2}signed at +2026-09-21T14:13:20\.000Z\n/);
    expect(said).toMatch(/\nPASS: the entry stands in the log/);
    expect(said.slice(said.indexOf("PASS: "))).toMatch(/\nNot proven by this:\n( {2}- .+\n)+$/);
  });

  it("1: names the check that failed", () => {
    expect(prove(at("forged"), "--trust", at("trust"))).toBe(1);
    expect(said).toMatch(/\n {2}FAIL +checkpoint signature: .*\n/);
    expect(said).toContain("\nFAIL: this does not show");
  });

  it("2: without a trust root nothing better comes of it", () => {
    expect(prove(at("proof"))).toBe(2);
    expect(said).toMatch(/\nUNVERIFIABLE: .*--trust/);
  });

  it.each<[string, () => string[], RegExp]>([
    ["no file", () => [], /Name one file.*\nnpm run verify-proof/],
    ["two files", () => [at("proof"), at("proof")], /Name one file/],
    ["a file that is not there", () => ["absent.tlog-proof"], /absent\.tlog-proof cannot be read/],
    ["a folder", () => [folder], /cannot be read/],
    ["a file that is no text", () => [at("latin")], /is not a text in UTF-8/],
    [
      "a trust root that is not there",
      () => [at("proof"), "--trust", "absent.json"],
      /absent\.json cannot be read/,
    ],
    ["a trust root that is none", () => [at("proof"), "--trust", at("proof")], /is no trust root/],
    ["an option nobody knows", () => [at("proof"), "--trusted", at("trust")], /--trusted/],
    ["a trust root without its name", () => [at("proof"), "--trust"], /--trust/],
  ])("3: %s", (_, args, words) => {
    expect(prove(...args())).toBe(3);
    expect(complained).toMatch(words);
    expect(said).toBe("");
  });

  it("--json: the same for programs, with the same status", () => {
    expect(prove(at("proof"), "--trust", at("trust"), "--json")).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      verdict: "PASS",
      status: 0,
      log: sampleOrigin,
      entry: "5",
      log_size: "20",
      says: { entry_type: "call", host: "eu.api.openai.com", content: { target: "policy" } },
      checks: expect.arrayContaining([expect.objectContaining({ name: "inclusion", result: "PASS" })]),
      not_proven: expect.arrayContaining([expect.stringContaining("every call was recorded")]),
    });
    said = "";
    expect(prove(at("forged"), "--trust", at("trust"), "--json")).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ verdict: "FAIL", status: 1 });
  });

  it("reads other entries too", () => {
    expect(prove(at("heartbeat"), "--trust", at("trust"))).toBe(0);
    expect(said).toMatch(/\n {2}issued to +7\n/);
  });

  it("never lets a file steer the terminal", () => {
    expect(prove(at("steering"), "--trust", at("trust"))).toBe(2);
    expect(said).not.toContain("\u001b");
    const name = path.join(folder, "\u001b[2J.tlog-proof");
    expect(prove(name)).toBe(3);
    expect(complained).not.toContain("\u001b");
  });

  it("runs as a command, from any folder", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(checkout, "scripts/verify-proof.mjs"), files.proof, "--trust", files.trust],
      { cwd: folder, encoding: "utf8", env: { ...process.env, INIT_CWD: folder } },
    );
    expect(stdout).toContain("PASS: ");
    expect(status).toBe(0);
  });
});

describe("npm run verify-consistency", () => {
  it("0: the log goes on from the checkpoint somebody kept", () => {
    expect(compare(at("consistency"), "--old", at("old"), "--trust", at("trust"))).toBe(0);
    expect(said).toMatch(/\n {2}old size +8\n {2}new size +20\n/);
    expect(said).toMatch(
      /\nPASS: the log goes on from the old checkpoint\.\n\nNot proven by this:\n( {2}- .+\n)+$/,
    );
  });

  it("1: the log was rewritten", () => {
    expect(compare(at("consistency"), "--old", at("rewritten"), "--trust", at("trust"))).toBe(1);
    expect(said).toMatch(
      /\n {2}FAIL +consistency: the proof does not lead|\n {2}FAIL +consistency: The proof/,
    );
  });

  it("2: without a trust root nothing better comes of it", () => {
    expect(compare(at("consistency"), "--old", at("old"))).toBe(2);
  });

  it("3: without the checkpoint somebody kept", () => {
    expect(compare(at("consistency"), "--trust", at("trust"))).toBe(3);
    expect(complained).toContain("--old");
  });

  it("--json: the same for programs", () => {
    expect(compare(at("consistency"), "--old", at("old"), "--trust", at("trust"), "--json")).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ verdict: "PASS", status: 0, old_size: "8", new_size: "20" });
  });
});
