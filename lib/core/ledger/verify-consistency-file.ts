import { bytesEqual } from "./bytes.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type ConsistencyFile, ConsistencyFileError, parseConsistencyFile } from "./consistency-file.ts";
import type { CryptoPort } from "./crypto-port.ts";
import { verifyConsistency } from "./proof.ts";
import { emptyRoot } from "./tree.ts";
import type { TrustRoot } from "./trust-root.ts";
import { type Check, fail, pass, type Verification, verdictOf } from "./verification.ts";
import { type CheckedCheckpoint, timeLostWords, verifyCheckpoint } from "./verify-checkpoint.ts";

export type ConsistencyVerification = Verification & {
  readonly origin: string | null;
  readonly oldSize: bigint | null;
  readonly newSize: bigint | null;
};

/**
 * Whether the log at the file's checkpoint goes on from an older checkpoint that the reader kept. `trustRoot` null: the best
 * that can come of it is UNVERIFIABLE.
 */
export function verifyConsistencyFile(
  crypto: CryptoPort,
  input: { readonly file: string; readonly oldCheckpoint: string; readonly trustRoot: TrustRoot | null },
): ConsistencyVerification {
  const file = read(input.file);
  const older = verifyCheckpoint(crypto, input.oldCheckpoint, input.trustRoot, "old checkpoint");
  if (typeof file === "string")
    return outcome([...older.checks, fail("proof form", file)], older.checkpoint, null, older.isTimeLost);
  const newer = verifyCheckpoint(crypto, file.checkpointNote, input.trustRoot, "new checkpoint");
  const [from, to] = [older.checkpoint, newer.checkpoint];
  const both = from && to ? [checkLog(from, to), ...checkGrowth(crypto, file, from, to)] : [];
  const rest = [...newer.checks, ...both];
  const settled = older.isDoubtful && rest.every(({ result }) => result === "PASS") ? settle(older) : null;
  const isTimeLost =
    older.isTimeLost || newer.isTimeLost || (settled !== null && settled.length < older.checks.length);
  return outcome([...(settled ?? older.checks), ...rest], from, to, isTimeLost);
}

/**
 * The keys of the old checkpoint are lost, the new one counts, and the proof leads from one to the other: then the old one is
 * a head of this log, whoever signed it. When it was signed nobody can tell.
 */
function settle({ checks }: CheckedCheckpoint): Check[] | null {
  const words =
    "Its key may be in other hands. That it is a head of this log follows from the new checkpoint and the proof.";
  const settled = checks
    .filter(({ name, result }) => name !== "old checkpoint time" || result === "PASS")
    .map((check) => (check.name === "old checkpoint signature" ? pass(check.name, words) : check));
  return checks.some(({ result }) => result === "FAIL") ? null : settled;
}

function read(text: string): ConsistencyFile | string {
  try {
    return parseConsistencyFile(text);
  } catch (error) {
    if (error instanceof ConsistencyFileError) return error.message;
    throw error;
  }
}

function checkLog(from: Checkpoint, to: Checkpoint): Check {
  if (from.origin === to.origin) return pass("same log", `Both checkpoints are of ${from.origin}.`);
  return fail("same log", `The old checkpoint is of ${from.origin}, the new one of ${to.origin}.`);
}

function checkGrowth(crypto: CryptoPort, file: ConsistencyFile, from: Checkpoint, to: Checkpoint): Check[] {
  const form = pass(
    "proof form",
    `It is a proof of ${file.hashes.length} hashes from ${file.oldSize} entries on.`,
  );
  if (file.oldSize !== from.size)
    return [
      form,
      fail(
        "consistency",
        `The proof begins at ${file.oldSize} entries, the old checkpoint has ${from.size}.`,
      ),
    ];
  if (to.size < from.size)
    return [
      form,
      fail("consistency", `The log shrank from ${from.size} to ${to.size} entries: entries were removed.`),
    ];
  return [form, isContinued(crypto, file, from, to) ? continued(from, to) : rewritten(from)];
}

function isContinued(crypto: CryptoPort, file: ConsistencyFile, from: Checkpoint, to: Checkpoint): boolean {
  // Every log goes on from nothing, and there is nothing to prove of that (C2SP tlog-witness).
  if (from.size === 0n) return file.hashes.length === 0 && bytesEqual(from.root, emptyRoot(crypto));
  const proof = file.hashes;
  return verifyConsistency(crypto, {
    oldSize: from.size,
    oldRoot: from.root,
    size: to.size,
    root: to.root,
    proof,
  });
}

const continued = (from: Checkpoint, to: Checkpoint): Check =>
  pass(
    "consistency",
    `The first ${from.size} of the ${to.size} entries are those of the old checkpoint: none was changed, removed, moved or put in between.`,
  );

const rewritten = (from: Checkpoint): Check =>
  fail(
    "consistency",
    `The proof does not lead from one root to the other: the first ${from.size} entries are not those of the old checkpoint, or the file is damaged.`,
  );

function outcome(
  checks: readonly Check[],
  from: Checkpoint | null,
  to: Checkpoint | null,
  isTimeLost: boolean,
): ConsistencyVerification {
  return {
    verdict: verdictOf(checks),
    checks,
    notProven: [
      "That every call was recorded: a log cannot show what never reached it.",
      "That what the entries say is true; only that they have not changed since.",
      "Anything about entries behind the new checkpoint.",
      "That everybody was shown the same log: compare checkpoints with others who keep them.",
      isTimeLost ? timeLostWords : "The time by anybody's clock but the signer's.",
    ],
    origin: to?.origin ?? from?.origin ?? null,
    oldSize: from?.size ?? null,
    newSize: to?.size ?? null,
  };
}
