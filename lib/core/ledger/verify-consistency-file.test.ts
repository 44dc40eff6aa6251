import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { formatConsistencyFile, parseConsistencyFile } from "./consistency-file.ts";
import { signNote } from "./note.ts";
import {
  clockKey,
  clockName,
  logKey,
  lostTrustRoot,
  sampleLog,
  sampleOrigin,
  sampleTrustRoot,
  signedAt,
  strangerKey,
} from "./testing/sample-log.ts";
import type { TrustRoot } from "./trust-root.ts";
import { verifyConsistencyFile } from "./verify-consistency-file.ts";

const log = sampleLog(300);
const verify = (file: string, oldCheckpoint: string, trustRoot: TrustRoot | null = sampleTrustRoot()) =>
  verifyConsistencyFile(nodeCrypto, { file, oldCheckpoint, trustRoot });
const failing = (found: ReturnType<typeof verify>) =>
  found.checks.filter(({ result }) => result !== "PASS").map(({ name, result }) => `${result} ${name}`);

describe("a log that goes on from a checkpoint somebody kept", () => {
  it.each([
    [1, 300],
    [100, 300],
    [256, 257],
    [299, 300],
    [300, 300],
    [0, 300],
    [0, 0],
  ])("from %i to %i passes", (from, to) => {
    const found = verify(log.consistencyOf(from, to), log.noteAt(from));
    expect(failing(found)).toEqual([]);
    expect(found).toMatchObject({
      verdict: "PASS",
      origin: sampleOrigin,
      oldSize: BigInt(from),
      newSize: BigInt(to),
    });
  });

  it("always says what it does not prove", () => {
    expect(verify("x", "y").notProven.join(" ")).toMatch(/every call was recorded.*true.*same log/);
  });
});

describe("a log that does not go on from it fails", () => {
  it("2.17 row 1: the tail was cut", () => {
    const found = verify(
      formatConsistencyFile({ ...parseConsistencyFile(log.consistencyOf(200, 200)) }),
      log.noteAt(250),
    );
    expect(failing(found)).toEqual(["FAIL consistency"]);
    const shorter = formatConsistencyFile({ oldSize: 250n, hashes: [], checkpointNote: log.noteAt(200) });
    const [failed] = verify(shorter, log.noteAt(250)).checks.filter(({ result }) => result === "FAIL");
    expect(failed?.words).toBe("The log shrank from 250 to 200 entries: entries were removed.");
  });

  it("2.17 row 10: cut, and grown again with other entries, it fails whatever proof it gives", () => {
    const other = sampleLog(300, { 240: { type: "heartbeat", body: { other: 1 } } });
    expect(failing(verify(other.consistencyOf(250), log.noteAt(250)))).toEqual(["FAIL consistency"]);
    expect(failing(verify(other.consistencyOf(240), log.noteAt(240)))).toEqual([]);
  });

  it("another log's checkpoint is no later one of ours", () => {
    const origin = "domicile.ledger/another/e1";
    const text = formatCheckpoint({ origin, size: 300n, root: log.rootAt(300) });
    const note = signNote(nodeCrypto, text, [
      logKey.signer(sampleOrigin),
      clockKey.clock(clockName, signedAt),
    ]);
    const both = sampleTrustRoot();
    const root = { ...both, logs: [...both.logs, { ...both.logs[0], origin } as (typeof both.logs)[number]] };
    expect(failing(verify(log.consistencyOf(100, 300, note), log.noteAt(100), root))).toEqual([
      "FAIL same log",
    ]);
  });

  it("from nothing, with an old root that is not that of nothing, or with a proof", () => {
    const text = formatCheckpoint({ origin: sampleOrigin, size: 0n, root: log.rootAt(1) });
    const odd = signNote(nodeCrypto, text, [
      logKey.signer(sampleOrigin),
      clockKey.clock(clockName, signedAt),
    ]);
    expect(failing(verify(log.consistencyOf(0), odd))).toEqual(["FAIL consistency"]);
    const long = formatConsistencyFile({
      oldSize: 0n,
      hashes: [log.rootAt(1)],
      checkpointNote: log.noteAt(300),
    });
    expect(failing(verify(long, log.noteAt(0)))).toEqual(["FAIL consistency"]);
  });

  it.each([
    ["the old checkpoint", "FAIL old checkpoint signature"],
    ["the new checkpoint", "FAIL new checkpoint signature"],
  ])("%s signed by somebody else", (which, outcome) => {
    const forge = (size: number) =>
      log.noteAt(size, [strangerKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)]);
    const found =
      which === "the old checkpoint"
        ? verify(log.consistencyOf(100), forge(100))
        : verify(log.consistencyOf(100, 300, forge(300)), log.noteAt(100));
    expect(failing(found)).toEqual([outcome]);
  });

  it("2.17 row 4: one bit of any byte of either file changed never passes", () => {
    const [file, old] = [log.consistencyOf(5, 7), log.noteAt(5)];
    const passed = [
      ...flips(file).filter((changed) => verify(changed, old).verdict === "PASS"),
      ...flips(old).filter((changed) => verify(file, changed).verdict === "PASS"),
    ];
    expect(passed).toEqual([]);
  });
});

describe("a log that was sealed because its keys were lost", () => {
  const lost = lostTrustRoot(200, log.rootAt(200));

  it("goes on from every checkpoint that was kept up to the sealed head, whoever signed it, and no time is told", () => {
    for (const from of [1, 100, 199, 200]) {
      const found = verify(log.consistencyOf(from, 200), log.noteAt(from), lost);
      expect(failing(found), `${from}`).toEqual([]);
      expect(found.notProven.join(" ")).toMatch(
        /When it was signed: the keys that say so may be in other hands/,
      );
    }
  });

  it("settles no checkpoint that a thief made up, and none but against the sealed head", () => {
    const other = sampleLog(200, { 50: { type: "heartbeat", body: { other: 1 } } });
    expect(failing(verify(log.consistencyOf(100, 200), other.noteAt(100), lost))).toEqual([
      "UNVERIFIABLE old checkpoint signature",
      "UNVERIFIABLE old checkpoint time",
      "FAIL consistency",
    ]);
    expect(verify(other.consistencyOf(100), other.noteAt(100), lost).verdict).toBe("FAIL");
    expect(verify(log.consistencyOf(100, 150), log.noteAt(100), lost).verdict).toBe("UNVERIFIABLE");
    const stranger = log.noteAt(100, [strangerKey.signer(sampleOrigin)]);
    expect(failing(verify(log.consistencyOf(100, 200), stranger, lost))).toEqual([
      "FAIL old checkpoint signature",
      "UNVERIFIABLE old checkpoint time",
    ]);
  });

  it("does not go on beyond the seal", () => {
    expect(failing(verify(log.consistencyOf(200, 300), log.noteAt(200), lost))).toContain(
      "FAIL new checkpoint seal",
    );
  });
});

describe("2.17 row 7: without a trust root", () => {
  it("a proof that holds is still no proof of who signed", () => {
    const found = verify(log.consistencyOf(100), log.noteAt(100), null);
    expect(found.verdict).toBe("UNVERIFIABLE");
    expect(failing(found)).toEqual([
      "UNVERIFIABLE old checkpoint signature",
      "UNVERIFIABLE new checkpoint signature",
    ]);
  });

  it("a proof that does not hold fails all the same", () => {
    expect(verify(log.consistencyOf(100), log.noteAt(101), null).verdict).toBe("FAIL");
  });
});

describe("files that are none", () => {
  it("fail, and each is named", () => {
    expect(failing(verify("x", log.noteAt(5)))).toEqual(["FAIL proof form"]);
    expect(failing(verify(log.consistencyOf(5), "x"))).toEqual(["FAIL old checkpoint form"]);
    expect(verify("", "").verdict).toBe("FAIL");
  });
});

/** The text with one bit of each of its bytes changed, one after the other. */
function flips(text: string): string[] {
  return Array.from(Buffer.from(text), (byte, at) => {
    const changed = Buffer.from(text);
    changed[at] = byte ^ (1 << (at & 7));
    return changed.toString();
  });
}
