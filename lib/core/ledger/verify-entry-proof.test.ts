import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../../services/ledger/node-crypto.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, preset } from "../testing/case.ts";
import { recordedCall } from "../testing/recorded-call.ts";
import { canonicalBytes } from "./canonical.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { callDraft } from "./entries/call-draft.ts";
import { ed25519Type, signNote } from "./note.ts";
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
import { formatTlogProof, parseTlogProof } from "./tlog-proof.ts";
import { leafHash } from "./tree.ts";
import type { TrustRoot } from "./trust-root.ts";
import { verifyEntryProof } from "./verify-entry-proof.ts";

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
const log = sampleLog(300, { 5: { type: "call", body: call.body } });
const proof = log.proofOf(5);
const verify = (file: string, trustRoot: TrustRoot | null = sampleTrustRoot()) =>
  verifyEntryProof(nodeCrypto, { file, trustRoot });
const failing = (found: ReturnType<typeof verify>) =>
  found.checks.filter(({ result }) => result !== "PASS").map(({ name, result }) => `${result} ${name}`);

describe("a proof of one entry", () => {
  it("of our own log, under its trust root, passes, and gives what the entry says", () => {
    const found = verify(proof);
    expect(found.checks.map(({ name, result }) => `${result} ${name}`)).toEqual([
      "PASS proof form",
      "PASS checkpoint form",
      "PASS checkpoint signature",
      "PASS checkpoint time",
      "PASS inclusion",
      "PASS entry form",
      "PASS entry place",
      "PASS entry content",
    ]);
    expect(found).toMatchObject({ verdict: "PASS", origin: sampleOrigin, index: 5n, size: 300n, signedAt });
    expect(found.content).toMatchObject({ type: "call", call: { body: { target: "policy" } } });
  });

  it("passes for every entry of the log, against every later head", () => {
    for (let index = 0; index < 300; index += 29)
      for (const size of [index + 1, 256, 300].filter((each) => each > index))
        expect(verify(log.proofOf(index, size)).verdict, `${index} of ${size}`).toBe("PASS");
  });

  it("always says what it does not prove", () => {
    for (const found of [verify(proof), verify("x"), verify(proof, null)])
      expect(found.notProven.join(" ")).toMatch(/every call was recorded.*is true.*other entries.*same log/);
  });
});

describe("2.17 row 7: without an independent trust root nothing passes", () => {
  it("no trust root: nobody can tell", () => {
    const found = verify(proof, null);
    expect(found.verdict).toBe("UNVERIFIABLE");
    expect(failing(found)).toEqual(["UNVERIFIABLE checkpoint signature"]);
  });

  it("a trust root that does not name the log: nobody can tell", () => {
    const found = verify(proof, sampleTrustRoot({ origin: "domicile.ledger/another/e1" }));
    expect(failing(found)).toEqual(["UNVERIFIABLE checkpoint signature"]);
  });

  it("an empty trust root is no trust root", () => {
    expect(verify(proof, { v: 1, deployment: "test", logs: [] }).verdict).toBe("UNVERIFIABLE");
  });

  it("signed by somebody else under our log's name: it fails", () => {
    const forged = log.noteAt(300, [
      strangerKey.signer(sampleOrigin),
      strangerKey.clock(clockName, signedAt),
    ]);
    expect(failing(verify(log.proofOf(5, 300, forged)))).toEqual([
      "FAIL checkpoint signature",
      "UNVERIFIABLE checkpoint time",
    ]);
  });

  it("a clock key is no log key", () => {
    const note = log.noteAt(300, [clockKey.clock(clockName, signedAt)]);
    expect(failing(verify(log.proofOf(5, 300, note)))).toEqual(["FAIL checkpoint signature"]);
  });

  it("no signed time: it cannot be told when", () => {
    const found = verify(log.proofOf(5, 300, log.noteAt(300, [logKey.signer(sampleOrigin)])));
    expect(failing(found)).toEqual(["UNVERIFIABLE checkpoint time"]);
    expect(found.signedAt).toBeNull();
  });
});

describe("2.17 row 8: an entry of another log, or of another place", () => {
  it("spliced into ours, under a tree of ours that holds it, fails by what it says of itself", () => {
    const foreign = sampleLog(8, { 3: { type: "call", body: call.body } });
    const bytes = canonicalBytes({
      ...(JSON.parse(new TextDecoder().decode(foreign.bytes[3])) as object),
      log: "domicile.ledger/another/e1",
    });
    expect(failing(verify(proofOfOneLeaf(bytes)))).toEqual(["FAIL entry place"]);
  });

  it("our own entry 3 as entry 0 fails by what it says of itself", () => {
    expect(failing(verify(proofOfOneLeaf(log.bytes[3] as Uint8Array)))).toEqual(["FAIL entry place"]);
  });

  it("with the place in the file changed fails", () => {
    expect(failing(verify(proof.replace("index 5\n", "index 6\n")))).toEqual([
      "FAIL inclusion",
      "FAIL entry place",
    ]);
  });
});

describe("2.17 row 9: the exact sizes at which a key begins and ends to count", () => {
  it.each([
    [{ to_size: 299 }, "FAIL"],
    [{ to_size: 300 }, "PASS"],
    [{ from_size: 300 }, "PASS"],
    [{ from_size: 301 }, "FAIL"],
  ])("%j: %s", (range, verdict) => {
    expect(verify(proof, sampleTrustRoot({}, range)).verdict).toBe(verdict);
  });

  it("at the size of a change both signatures are there, and either key alone is enough", () => {
    const note = log.noteAt(300, [
      logKey.signer(sampleOrigin),
      strangerKey.signer(sampleOrigin),
      clockKey.clock(clockName, signedAt),
    ]);
    const file = log.proofOf(5, 300, note);
    const [old, clock] = sampleTrustRoot({}, { to_size: 300, status: "retired" }).logs[0]?.keys ?? [];
    const next = { ...old, vkey: strangerKey.vkey(sampleOrigin, ed25519Type), from_size: 300, to_size: null };
    for (const keys of [
      [old, clock],
      [next, clock],
      [old, next, clock],
    ])
      expect(verify(file, sampleTrustRoot({ keys: keys as never })).verdict).toBe("PASS");
  });
});

describe("a compromised key", () => {
  const compromised = { status: "compromised", reason: "Left on a bench." } as const;
  const root = Buffer.from(log.rootAt(300)).toString("base64");

  it("alone proves nothing any more", () => {
    expect(failing(verify(proof, sampleTrustRoot({}, compromised)))).toEqual([
      "UNVERIFIABLE checkpoint signature",
    ]);
  });

  it("is not needed where the trust root itself names this very head", () => {
    const sealed = { size: 300, root, reason: "Key compromise." };
    expect(verify(proof, sampleTrustRoot({ sealed }, compromised)).verdict).toBe("PASS");
  });

  it("together with the clock's leaves the sealed head and what stands below it proven, and no time of it", () => {
    const lost = lostTrustRoot(200, log.rootAt(200));
    const found = verify(log.proofOf(5, 200), lost);
    expect(failing(found)).toEqual([]);
    expect(found.checks.map(({ name }) => name)).not.toContain("checkpoint time");
    expect(found).toMatchObject({ verdict: "PASS", signedAt: null, isTimeLost: true });
    expect(found.notProven.join(" ")).toMatch(
      /When it was signed: the keys that say so may be in other hands/,
    );
    expect(failing(verify(log.proofOf(5, 100), lost))).toEqual([
      "UNVERIFIABLE checkpoint signature",
      "UNVERIFIABLE checkpoint time",
    ]);
    expect(failing(verify(log.proofOf(5, 300), lost))).toEqual([
      "FAIL checkpoint signature",
      "UNVERIFIABLE checkpoint time",
      "FAIL checkpoint seal",
    ]);
  });

  it("in a thief's hands, with the clock's, makes no time, no other head and no other entry count", () => {
    const lost = lostTrustRoot(200, log.rootAt(200));
    const at = (time: bigint) => [logKey.signer(sampleOrigin), clockKey.clock(clockName, time)];
    for (const time of [0n, signedAt - 1_000_000n, signedAt + 1_000_000n])
      expect(verify(log.proofOf(5, 200, log.noteAt(200, at(time))), lost).signedAt).toBeNull();
    const forged = sampleLog(200, { 5: { type: "heartbeat", body: { other: 1 } } });
    expect(failing(verify(forged.proofOf(5), lost))).toContain("FAIL checkpoint seal");
    expect(verify(forged.proofOf(5, 150), lost).verdict).toBe("UNVERIFIABLE");
    expect(verify(forged.proofOf(5, 200, log.noteAt(200)), lost).verdict).toBe("FAIL");
  });

  it("fails behind the seal, and at it with another root", () => {
    const behind = { size: 299, root, reason: "Key compromise." };
    expect(failing(verify(proof, sampleTrustRoot({ sealed: behind })))).toEqual(["FAIL checkpoint seal"]);
    const other = {
      size: 300,
      root: Buffer.from(log.rootAt(299)).toString("base64"),
      reason: "Key compromise.",
    };
    expect(failing(verify(proof, sampleTrustRoot({ sealed: other })))).toEqual(["FAIL checkpoint seal"]);
  });
});

describe("2.17 row 14: what this program does not know it refuses to call proven", () => {
  it.each([
    ["another version of entries", { v: 2 }, "UNVERIFIABLE entry form"],
    ["a type nobody knows", { type: "wonder" }, "UNVERIFIABLE entry form"],
    ["a member nobody knows", { also: 1 }, "FAIL entry form"],
    ["a body nobody knows", { type: "heartbeat", body: { odd: 1 } }, "UNVERIFIABLE entry content"],
  ])("%s", (_, over, outcome) => {
    const entry = JSON.parse(new TextDecoder().decode(log.bytes[0])) as object;
    expect(failing(verify(proofOfOneLeaf(canonicalBytes({ ...entry, ...over }))))).toEqual([outcome]);
  });

  it("bytes that are not written the one way fail, though their hash is in the tree", () => {
    const odd = Buffer.from(
      Buffer.from(log.bytes[0] as Uint8Array)
        .toString()
        .replace("{", "{ "),
    );
    expect(failing(verify(proofOfOneLeaf(odd)))).toEqual(["FAIL entry form"]);
  });
});

describe("2.17 row 4: one bit of any byte of the file changed", () => {
  it("never passes", () => {
    const bytes = Buffer.from(sampleLog(7).proofOf(3));
    const passed: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at & 7));
      if (verify(changed.toString()).verdict === "PASS") passed.push(at);
    }
    expect(passed).toEqual([]);
  });
});

describe("2.17 row 20: each check is the only one to notice something", () => {
  const { hashes, ...rest } = parseTlogProof(proof);
  const wrongStep = formatTlogProof({ ...rest, hashes: hashes.with(0, log.rootAt(1)) });
  const entry = (over: object) =>
    canonicalBytes({ ...(JSON.parse(new TextDecoder().decode(log.bytes[0])) as object), ...over });
  const forged = [strangerKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)];
  const forgedClock = [
    logKey.signer(sampleOrigin),
    { ...clockKey.clock(clockName, signedAt), sign: () => new Uint8Array(72) },
  ];
  const sealed = { size: 299, root: Buffer.from(log.rootAt(299)).toString("base64"), reason: "Moved." };

  it.each<[string, string, TrustRoot?]>([
    ["FAIL proof form", `x${proof}`],
    ["FAIL checkpoint form", formatTlogProof({ ...parseTlogProof(proof), checkpointNote: "x\n\nx\n" })],
    ["FAIL checkpoint signature", log.proofOf(5, 300, log.noteAt(300, forged))],
    ["FAIL checkpoint time", log.proofOf(5, 300, log.noteAt(300, forgedClock))],
    ["FAIL checkpoint seal", proof, sampleTrustRoot({ sealed })],
    ["FAIL inclusion", wrongStep],
    ["FAIL entry form", proofOfOneLeaf(Buffer.from("[]"))],
    ["FAIL entry place", proofOfOneLeaf(entry({ index: 1 }))],
    ["UNVERIFIABLE entry content", proofOfOneLeaf(entry({ body: {} }))],
  ])("%s", (outcome, file, trustRoot) => {
    expect(failing(verify(file, trustRoot))).toEqual([outcome]);
  });
});

describe("a file that does not hold all it takes", () => {
  it("without the entry's bytes: they have expired, and nobody can tell", () => {
    const { extra: _, ...rest } = parseTlogProof(proof);
    const found = verify(formatTlogProof(rest));
    expect(failing(found)).toEqual(["UNVERIFIABLE inclusion"]);
    expect(found).toMatchObject({ leafHash: null, entry: null });
  });

  it.each([
    ["nothing", ""],
    ["another document", "{}"],
    ["a proof cut short", proof.slice(0, 100)],
  ])("%s fails", (_, file) => {
    expect(failing(verify(file))).toEqual(["FAIL proof form"]);
  });

  it("a checkpoint that is none fails", () => {
    const { checkpointNote: _, ...rest } = parseTlogProof(proof);
    expect(failing(verify(formatTlogProof({ ...rest, checkpointNote: "x\n" })))).toEqual([
      "FAIL checkpoint form",
    ]);
  });
});

/** Signed by our own key: a log of one leaf, whatever its bytes are. */
function proofOfOneLeaf(bytes: Uint8Array): string {
  const text = formatCheckpoint({ origin: sampleOrigin, size: 1n, root: leafHash(nodeCrypto, bytes) });
  const note = signNote(nodeCrypto, text, [logKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)]);
  return formatTlogProof({ extra: bytes, index: 0n, hashes: [], checkpointNote: note });
}
