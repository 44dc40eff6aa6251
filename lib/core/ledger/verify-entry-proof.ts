import { toHex } from "./bytes.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { CryptoPort } from "./crypto-port.ts";
import { decodeEntry, type Entry, EntryError } from "./entries/entry.ts";
import { type EntryContent, readEntry } from "./entries/read-entry.ts";
import { verifyInclusion } from "./proof.ts";
import { parseTlogProof, type TlogProof, TlogProofError } from "./tlog-proof.ts";
import { leafHash } from "./tree.ts";
import type { TrustRoot } from "./trust-root.ts";
import { type Check, fail, pass, unverifiable, type Verification, verdictOf } from "./verification.ts";
import { timeLostWords, verifyCheckpoint } from "./verify-checkpoint.ts";

export type EntryProofVerification = Verification & {
  readonly origin: string | null;
  readonly index: bigint | null;
  readonly size: bigint | null;
  /** By the signer's clock, POSIX seconds. */
  readonly signedAt: bigint | null;
  /** The head counts because the trust root names it, where the log was sealed; its keys are lost, and so is its time. */
  readonly isTimeLost: boolean;
  /** Hex. */
  readonly leafHash: string | null;
  /** What the bytes in the file say; null where they are missing or cannot be read. Believe it only with the verdict. */
  readonly entry: Entry | null;
  readonly content: EntryContent | null;
};

/**
 * Whether the entry in a tlog-proof file stands at its place of a log whose keys the trust root names. `trustRoot` null: the
 * best that can come of it is UNVERIFIABLE.
 */
export function verifyEntryProof(
  crypto: CryptoPort,
  input: { readonly file: string; readonly trustRoot: TrustRoot | null },
): EntryProofVerification {
  const proof = read(input.file);
  if (typeof proof === "string") return outcome([fail("proof form", proof)], {});
  const form = pass("proof form", `It is a C2SP tlog-proof of entry ${proof.index}.`);
  const checked = verifyCheckpoint(crypto, proof.checkpointNote, input.trustRoot);
  const { checkpoint, signedAt, isTimeLost } = checked;
  const known = { proof, checkpoint, signedAt, isTimeLost };
  if (!checkpoint) return outcome([form, ...checked.checks], known);
  const { extra: bytes } = proof;
  if (!bytes) {
    const words =
      "The file does not hold the entry's bytes: they have expired, and without them nothing can be shown.";
    return outcome([form, ...checked.checks, unverifiable("inclusion", words)], known);
  }
  const leaf = leafHash(crypto, bytes);
  const inclusion = checkInclusion(crypto, proof, leaf, checkpoint);
  const { checks, entry, content } = readBytes(bytes, proof, checkpoint);
  return outcome([form, ...checked.checks, inclusion, ...checks], { ...known, leaf, entry, content });
}

function read(text: string): TlogProof | string {
  try {
    return parseTlogProof(text);
  } catch (error) {
    if (error instanceof TlogProofError) return error.message;
    throw error;
  }
}

function checkInclusion(
  crypto: CryptoPort,
  { index, hashes }: TlogProof,
  leaf: Uint8Array,
  { size, root }: Checkpoint,
): Check {
  if (verifyInclusion(crypto, { leafHash: leaf, index, size, root, proof: hashes }))
    return pass("inclusion", `These very bytes are entry ${index} of the ${size} under that checkpoint.`);
  const words = `These bytes are not entry ${index} of the ${size} under that checkpoint: bytes, index or proof were changed.`;
  return fail("inclusion", words);
}

/** A reader that knows less than the writer cannot tell; bytes that contradict their place are wrong. */
function readBytes(bytes: Uint8Array, { index }: TlogProof, { origin }: Checkpoint) {
  const checks: Check[] = [];
  const entry = attempt(() => decodeEntry(bytes));
  if (entry instanceof EntryError) {
    const isNewer = entry.place === "v" || entry.place === "type";
    checks.push((isNewer ? unverifiable : fail)("entry form", entry.message));
    return { checks, entry: null, content: null };
  }
  checks.push(pass("entry form", "The bytes are an entry, written the one way it is to be written."));
  checks.push(
    entry.log === origin && BigInt(entry.index) === index
      ? pass("entry place", `The entry itself says that it is number ${index} of this log.`)
      : fail("entry place", `The entry itself says that it is number ${entry.index} of ${entry.log}.`),
  );
  const content = attempt(() => readEntry(entry));
  if (content instanceof EntryError) {
    checks.push(unverifiable("entry content", `This program cannot read what it says: ${content.message}`));
    return { checks, entry, content: null };
  }
  checks.push(pass("entry content", `All members of this "${entry.type}" entry are known.`));
  return { checks, entry, content };
}

function attempt<T>(work: () => T): T | EntryError {
  try {
    return work();
  } catch (error) {
    if (error instanceof EntryError) return error;
    throw error;
  }
}

function outcome(
  checks: readonly Check[],
  known: {
    readonly proof?: TlogProof;
    readonly checkpoint?: Checkpoint | null;
    readonly signedAt?: bigint | null;
    readonly isTimeLost?: boolean;
    readonly leaf?: Uint8Array;
    readonly entry?: Entry | null;
    readonly content?: EntryContent | null;
  },
): EntryProofVerification {
  const { proof, checkpoint, signedAt, isTimeLost = false, leaf, entry, content } = known;
  return {
    verdict: verdictOf(checks),
    checks,
    notProven: [
      "That every call was recorded: a log cannot show what never reached it.",
      "That what the entry says is true; only that it says so and stands where it stands.",
      "Anything about the other entries of the log, or that none of them was removed: that takes a consistency proof or a pack.",
      "That everybody was shown the same log: compare checkpoints with others who keep them.",
      isTimeLost ? timeLostWords : "The time by anybody's clock but the signer's.",
      ...(entry?.commit ? ["What its commitments stand for: the values are not in the file."] : []),
    ],
    origin: checkpoint?.origin ?? null,
    index: proof?.index ?? null,
    size: checkpoint?.size ?? null,
    signedAt: signedAt ?? null,
    isTimeLost,
    leafHash: leaf ? toHex(leaf) : null,
    entry: entry ?? null,
    content: content ?? null,
  };
}
