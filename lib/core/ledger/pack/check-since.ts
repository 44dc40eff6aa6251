import { bytesEqual } from "../bytes.ts";
import type { CryptoPort } from "../crypto-port.ts";
import type { Frontier } from "../tree.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import { verifyCheckpoint } from "../verify-checkpoint.ts";
import type { PackOptions, ReadablePack } from "./open-pack.ts";
import { openRangeTree } from "./range-tree.ts";

/** A checkpoint that the reader kept, held against the tree while it grows. */
export type Since = {
  /** A size inside the range at which the tree has to be met. */
  readonly cut: number | null;
  readonly meet: (size: bigint, root: () => Uint8Array) => void;
  readonly end: () => readonly Check[];
};

const name = "since";

/** `frontier`: what stands before the range; null where that is not known. */
export function openSince(
  crypto: CryptoPort,
  { since, trustRoot }: PackOptions,
  { manifest }: ReadablePack,
  frontier: Frontier | null,
): Since {
  const nothing = { cut: null, meet: () => undefined };
  if (since === undefined) return { ...nothing, end: () => [] };
  const { checkpoint, checks, isDoubtful } = verifyCheckpoint(crypto, since, trustRoot, "since");
  const wrong =
    checks.find(({ result }) => result === "FAIL") ?? checks.find(({ result }) => result !== "PASS");
  if (checkpoint === null || wrong?.result === "FAIL")
    return {
      ...nothing,
      end: () => [fail(name, `The old checkpoint does not count. ${wrong?.words ?? ""}`)],
    };
  const { origin, size, root } = checkpoint;
  const { log, range } = manifest;
  // That the range leads through it shows that it is a head of this log, whoever signed it.
  const isSettled = (check: Check) => wrong === undefined || (isDoubtful && check.result === "PASS");
  const tell = (check: Check) => () => [isSettled(check) ? check : unverifiable(name, wrong?.words ?? "")];
  if (origin !== log)
    return {
      ...nothing,
      end: tell(unverifiable(name, `The old checkpoint is of ${origin}, the pack of ${log}.`)),
    };
  if (size > BigInt(range.end))
    return {
      ...nothing,
      end: tell(unverifiable(name, `The old checkpoint has ${size} entries, the pack ends at ${range.end}.`)),
    };
  if (size < BigInt(range.first))
    return {
      ...nothing,
      end: tell(
        unverifiable(
          name,
          `The old checkpoint has ${size} entries, the pack begins at ${range.first}. Ask for a consistency proof between the two.`,
        ),
      ),
    };
  let met: boolean | null = null;
  const meet = (at: bigint, rootThere: () => Uint8Array): void => {
    if (at === size) met = bytesEqual(rootThere(), root);
  };
  if (frontier !== null) meet(frontier.size, () => openRangeTree(crypto, frontier).root());
  return {
    cut: Number(size),
    meet,
    end: () =>
      tell(
        met === true
          ? pass(
              name,
              `The first ${size} entries are those of the old checkpoint: none was changed, removed or put in between.`,
            )
          : fail(
              name,
              `The first ${size} entries are not those of the old checkpoint: the record was rewritten.`,
            ),
      )(),
  };
}
