import { nodeCrypto } from "../../../services/ledger/node-crypto.ts";
import { formatCheckpoint } from "../checkpoint.ts";
import { formatConsistencyFile } from "../consistency-file.ts";
import { cosignatureType } from "../cosignature.ts";
import { heartbeatDraft } from "../entries/boot-body.ts";
import { type Entry, encodeEntry } from "../entries/entry.ts";
import { ed25519Type, type NoteSigner, signNote } from "../note.ts";
import { consistencyProof, inclusionProof } from "../proof.ts";
import { formatTlogProof } from "../tlog-proof.ts";
import { appendLeaves, emptyFrontier, leafHash, rootOf } from "../tree.ts";
import type { TrustedKey, TrustedLog, TrustRoot } from "../trust-root.ts";
import { memoryTiles } from "./memory-tiles.ts";
import { testKey } from "./test-key.ts";

export const sampleOrigin = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
export const clockName = "test.signer.domicile.ledger";
export const signedAt = 1_790_000_000n;
export const logKey = testKey(1);
export const clockKey = testKey(2);
/** Keys that nobody trusts. */
export const strangerKey = testKey(9);

/** A log in memory, with everything a reader can be given of it. Entries but the named ones are heartbeats. */
export function sampleLog(
  size: number,
  named: Readonly<Record<number, Pick<Entry, "type" | "body" | "commit">>> = {},
) {
  const bytes = Array.from({ length: size }, (_none, index) => {
    const { openings: _, ...plain } = heartbeatDraft({
      boot: "018f0000-0000-7000-8000-000000000001",
      issuedTo: index,
      open: { ranges: [], count: 0 },
    });
    return encodeEntry({
      log: sampleOrigin,
      index,
      at: "2026-11-22T09:00:00.000Z",
      ...(named[index] ?? plain),
    });
  });
  const leaves = bytes.map((each) => leafHash(nodeCrypto, each));
  const readTile = memoryTiles(leaves);
  const rootAt = (at: number) =>
    rootOf(nodeCrypto, appendLeaves(nodeCrypto, emptyFrontier, leaves.slice(0, at)));
  const noteAt = (at: number, signers: readonly NoteSigner[] = bothSigners) =>
    signNote(
      nodeCrypto,
      formatCheckpoint({ origin: sampleOrigin, size: BigInt(at), root: rootAt(at) }),
      signers,
    );
  return {
    bytes,
    leaves,
    readTile,
    rootAt,
    noteAt,
    proofOf: (index: number, at = size, note = noteAt(at)): string =>
      formatTlogProof({
        extra: bytes[index] as Uint8Array,
        index: BigInt(index),
        hashes: inclusionProof(nodeCrypto, BigInt(index), BigInt(at), readTile),
        checkpointNote: note,
      }),
    consistencyOf: (from: number, to = size, note = noteAt(to)): string =>
      formatConsistencyFile({
        oldSize: BigInt(from),
        hashes: consistencyProof(nodeCrypto, BigInt(from), BigInt(to), readTile),
        checkpointNote: note,
      }),
  };
}

const bothSigners = [logKey.signer(sampleOrigin), clockKey.clock(clockName, signedAt)];

const logVkey: TrustedKey = {
  vkey: logKey.vkey(sampleOrigin, ed25519Type),
  role: "log",
  from_size: 0,
  to_size: null,
  status: "active",
  reason: null,
};

const clockVkey: TrustedKey = {
  ...logVkey,
  vkey: clockKey.vkey(clockName, cosignatureType),
  role: "clock",
};

/** The trust root of that log; `log` and `key` change what it says of the log and of its log key. */
export function sampleTrustRoot(log: Partial<TrustedLog> = {}, key: Partial<TrustedKey> = {}): TrustRoot {
  const keys = [{ ...logVkey, ...key }, clockVkey];
  return { v: 1, deployment: "test", logs: [{ origin: sampleOrigin, epoch: 1, keys, sealed: null, ...log }] };
}

/** The trust root as a compromise leaves it: all keys lost, and the log sealed at a size. */
export function lostTrustRoot(size: number, root: Uint8Array): TrustRoot {
  const reason = "Left on a bench.";
  const lost = { to_size: size, status: "compromised", reason } as const;
  return sampleTrustRoot({
    keys: [logVkey, clockVkey].map((key) => ({ ...key, ...lost })),
    sealed: { size, root: Buffer.from(root).toString("base64"), reason },
  });
}
