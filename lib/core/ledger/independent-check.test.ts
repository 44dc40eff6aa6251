import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { hasPython, type IndependentRequest, independentCheck } from "./testing/independent-check.ts";
import {
  clockKey,
  clockName,
  logKey,
  sampleLog,
  sampleOrigin,
  sampleTrustRoot,
  signedAt,
  strangerKey,
} from "./testing/sample-log.ts";
import { tilePath, tileWidth } from "./tiles.ts";
import { verifyConsistencyFile } from "./verify-consistency-file.ts";
import { verifyEntryProof } from "./verify-entry-proof.ts";

const size = 600;
const log = sampleLog(size);
const vkeys = (sampleTrustRoot().logs[0]?.keys ?? []).map(({ vkey }) => vkey);

const named = "an independent program in Python (skipped where there is no python3)";

describe.skipIf(!hasPython)(named, () => {
  let folder: string;
  let count = 0;
  const check = (requests: readonly IndependentRequest[]) => independentCheck(folder, vkeys, requests);
  const put = (text: string | Uint8Array): string => {
    const file = path.join(folder, `file-${count++}`);
    fs.writeFileSync(file, text);
    return file;
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-independent-"));
    writeTiles(path.join(folder, "log"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("accepts our checkpoints, our tiles and our proofs", () => {
    const requests: IndependentRequest[] = [
      ["checkpoint", put(log.noteAt(size))],
      ["checkpoint", put(log.noteAt(0))],
      ["tiles", put(log.noteAt(size)), path.join(folder, "log")],
      ...[0, 1, 255, 256, 511, 512, 598, 599].map((index) => ["proof", put(log.proofOf(index))] as const),
      ...[1, 256, 257, 400].map((at) => ["proof", put(log.proofOf(at - 1, at))] as const),
      ...[0, 1, 3, 255, 256, 257, 512, 599, 600].map(
        (from) => ["consistency", put(log.consistencyOf(from)), put(log.noteAt(from))] as const,
      ),
    ];
    expect(check(requests).filter((answer) => !answer.startsWith("accepted "))).toEqual([]);
    expect(check(requests.slice(0, 4))).toEqual([
      `accepted ${sampleOrigin} at 600`,
      `accepted ${sampleOrigin} at 0`,
      "accepted 4 tiles of 600 leaves",
      "accepted entry 0 of 600",
    ]);
  });

  it("2.17 row 4: refuses every proof and checkpoint with one letter changed, and so do we", () => {
    const proof = sampleLog(7).proofOf(3);
    const consistency = sampleLog(7).consistencyOf(3);
    const old = sampleLog(7).noteAt(3);
    const changedProofs = changed(proof, 37);
    const changedFiles = changed(consistency, 41);
    const answers = check([
      ...changedProofs.map((text) => ["proof", put(text)] as const),
      ...changedFiles.map((text) => ["consistency", put(text), put(old)] as const),
      ...changed(old, 61).map((text) => ["consistency", put(consistency), put(text)] as const),
    ]);
    expect(answers.filter((answer) => !answer.startsWith("refused "))).toEqual([]);
    const trustRoot = sampleTrustRoot();
    const ours = [
      ...changedProofs.map((file) => verifyEntryProof(nodeCrypto, { file, trustRoot })),
      ...changedFiles.map((file) =>
        verifyConsistencyFile(nodeCrypto, { file, oldCheckpoint: old, trustRoot }),
      ),
    ];
    expect(ours.filter(({ verdict }) => verdict === "PASS")).toEqual([]);
  });

  it("2.17 row 4: refuses the log with one bit of any tile changed", () => {
    const names = ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"];
    const folders = names.map((name) => {
      const other = path.join(folder, name.replaceAll("/", "-"));
      fs.cpSync(path.join(folder, "log"), other, { recursive: true });
      const bytes = fs.readFileSync(path.join(other, name));
      bytes[20] = (bytes[20] ?? 0) ^ 4;
      fs.writeFileSync(path.join(other, name), bytes);
      return other;
    });
    expect(check(folders.map((other) => ["tiles", put(log.noteAt(size)), other]))).toEqual([
      ...Array(3).fill("refused the tiles do not lead to the root"),
      "refused a tile does not follow",
    ]);
  });

  it("2.17 row 7: refuses what somebody else signed, and what one of the two keys did not sign", () => {
    const forged = [strangerKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)];
    expect(
      check([
        ["checkpoint", put(log.noteAt(size, forged))],
        ["checkpoint", put(log.noteAt(size, [logKey.signer(sampleOrigin)]))],
        ["proof", put(log.proofOf(5, size, log.noteAt(size, forged)))],
      ]),
    ).toEqual(Array(3).fill("refused not signed by each of the keys"));
  });

  it("refuses a log that was rewritten, whatever proof it gives", () => {
    const rewritten = sampleLog(size, { 240: { type: "heartbeat", body: { other: 1 } } });
    expect(check([["consistency", put(rewritten.consistencyOf(250)), put(log.noteAt(250))]])).toEqual([
      "refused the log was rewritten",
    ]);
  });
});

/** Copies of a text with another letter at every so many places. */
function changed(text: string, step: number): string[] {
  const copies: string[] = [];
  for (let at = 0; at < text.length; at += step)
    copies.push(text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1));
  return copies;
}

function writeTiles(folder: string): void {
  for (let level = 0; size >> (8 * level) > 0; level++) {
    const hashes = size >> (8 * level);
    for (let n = 0; n * tileWidth < hashes; n++) {
      const address = { level, n: BigInt(n), width: Math.min(tileWidth, hashes - n * tileWidth) };
      const file = path.join(folder, tilePath(address));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, log.readTile(address));
    }
  }
}
