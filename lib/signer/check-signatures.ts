import { CheckpointError, parseCheckpoint } from "../core/ledger/checkpoint.ts";
import { NoteError, openNote } from "../core/ledger/note.ts";
import type { Differences } from "../services/ledger/differences.ts";
import { nodeCrypto } from "../services/ledger/node-crypto.ts";
import type { StoredCheckpoint } from "../services/ledger/signer-store.ts";
import { journalledSignatures, type LogMemory, type Signature } from "./log-memory.ts";
import { verifierKeyOf } from "./note-signer.ts";
import { keyOf } from "./rotate.ts";
import type { Signer } from "./signer.ts";

/**
 * Holds the stored checkpoints against our own list of what was signed, one by one: a missing one, a foreign one and a
 * changed one are each named. Only what was signed up to `memory` is looked at; signing goes on meanwhile. Answers how many
 * of ours stand there.
 */
export async function checkSignatures(
  signer: Signer,
  memory: LogMemory,
  found: Differences,
): Promise<number> {
  const ours = upTo(journalledSignatures(signer.files, memory), memory);
  const stored = signer.store.checkpoints(memory);
  let own = ours.next().value ?? null;
  let there = (await stored.next()).value ?? null;
  let intact = 0;
  while (own !== null || there !== null) {
    const order = compare(own, there);
    if (order > 0 && there !== null && isNewer(there, memory)) return intact;
    if (order < 0 && own !== null)
      found.add(
        lastBelow(own.size),
        `The checkpoint for size ${own.size}, signed at ${own.signedAt}, is missing: it was deleted.`,
      );
    if (order > 0 && there !== null && !isBehindSeal(there, memory))
      found.add(
        lastBelow(there.size),
        `The checkpoint for size ${there.size} of ${there.signedAt.toISOString()} was not signed by this signer: it was inserted.`,
      );
    if (order === 0 && own !== null && there !== null) {
      const problem = noteProblem(signer, memory, own, there);
      if (problem === null) intact += 1;
      else
        found.add(
          lastBelow(own.size),
          `The checkpoint for size ${own.size}, signed at ${own.signedAt}, was changed: ${problem}`,
        );
    }
    if (order <= 0) own = ours.next().value ?? null;
    if (order >= 0) there = (await stored.next()).value ?? null;
  }
  return intact;
}

/** The last entry that a checkpoint speaks of. */
const lastBelow = (size: number): number => Math.max(0, size - 1);

function* upTo(signatures: Iterable<Signature>, memory: LogMemory): Generator<Signature, null> {
  for (const signature of signatures) {
    if (memory.signedAt === null || signature.signedAt > memory.signedAt) break;
    yield signature;
  }
  return null;
}

/**
 * Of what stands behind a seal nothing counts. Where a state was lost, or set back, and its log sealed, the checkpoints that
 * the signer does not know of any more stay there for good.
 */
const isBehindSeal = ({ size }: StoredCheckpoint, { sealed }: LogMemory): boolean =>
  sealed !== null && size > sealed.size;

const isNewer = ({ signedAt }: StoredCheckpoint, memory: LogMemory): boolean =>
  memory.signedAt !== null && signedAt.toISOString() > memory.signedAt;

/** Which of the two comes first: below 0 ours, above 0 the stored one. */
function compare(own: Signature | null, there: StoredCheckpoint | null): number {
  if (own === null) return 1;
  if (there === null) return -1;
  if (own.size !== there.size) return own.size - there.size;
  const [a, b] = [own.signedAt, there.signedAt.toISOString()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function noteProblem(
  signer: Signer,
  memory: LogMemory,
  own: Signature,
  there: StoredCheckpoint,
): string | null {
  if (there.root.toString("base64") !== own.root)
    return "its row names another root than the one that was signed.";
  // A seal ends what keys may say from then on; what they said before it was in order.
  const ended = (toSize: number | null) => toSize !== null && own.size > toSize && memory.sealed === null;
  const inForce = memory.keys.filter(({ fromSize, toSize }) => fromSize <= own.size && !ended(toSize));
  const records = inForce.map(({ key }) => keyOf(signer, key));
  try {
    const { text, verified } = openNote(
      nodeCrypto,
      there.note,
      records.map((record) => verifierKeyOf(signer, record, memory.origin)),
    );
    const { origin, size, root } = parseCheckpoint(text);
    if (origin !== memory.origin) return "its note is of another log.";
    if (size !== BigInt(own.size)) return "its note is for another size.";
    if (Buffer.from(root).toString("base64") !== own.root) return "its note names another root.";
    if (!verified.some(({ time }) => time === null)) return "its note is not signed by the key of the log.";
    const clock = verified.find(({ time }) => time !== null)?.time ?? null;
    if (clock !== BigInt(Math.floor(Date.parse(own.signedAt) / 1_000)))
      return "its note bears no signature with that time.";
    return null;
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) return error.message;
    throw error;
  }
}
