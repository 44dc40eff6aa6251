import { millisecondsOf } from "../../calendar.ts";
import { toBase64 } from "../bytes.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { CryptoPort } from "../crypto-port.ts";
import { parseHashLines } from "../hash-lines.ts";
import { emptyFrontier, type Frontier } from "../tree.ts";
import type { TrustRoot } from "../trust-root.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import { type CheckedCheckpoint, verifyCheckpoint } from "../verify-checkpoint.ts";
import type { Manifest } from "./manifest.ts";
import type { ReadablePack } from "./open-pack.ts";
import type { PackCheck } from "./pack-checks.ts";
import { packFiles } from "./pack-files.ts";
import { leadsTo } from "./range-tree.ts";

/** The heads at both ends of a range. */
export type RangeEnds = {
  readonly start: CheckedCheckpoint | null;
  readonly end: CheckedCheckpoint;
  /** Before the range; null where what the pack gives leads to no signed head. */
  readonly frontier: Frontier | null;
  readonly checks: readonly Check[];
};

/** Both checkpoints, the frontier that the start was made of, and how the two lie around the period. */
export function checkEnds(crypto: CryptoPort, pack: ReadablePack, trustRoot: TrustRoot | null): RangeEnds {
  const { manifest, readText } = pack;
  const { first } = manifest.range;
  const end = verifyCheckpoint(crypto, readText(packFiles.endCheckpoint) ?? "", trustRoot, "end checkpoint");
  const start =
    first === 0
      ? null
      : verifyCheckpoint(crypto, readText(packFiles.startCheckpoint) ?? "", trustRoot, "start checkpoint");
  const frontier = first === 0 ? emptyFrontier : frontierOf(BigInt(first), readText(packFiles.startFrontier));
  const startRoot = start?.checkpoint?.root;
  const leads = frontier !== null && startRoot !== undefined && leadsTo(crypto, frontier, startRoot);
  return {
    start,
    end,
    frontier,
    checks: [
      ...(start?.checks ?? []),
      ...end.checks,
      checkSameLog(manifest, start?.checkpoint ?? null, end.checkpoint, deploymentOf(trustRoot, manifest)),
      ...(first === 0
        ? []
        : [
            leads
              ? pass(
                  "start frontier",
                  `What stood before entry ${first} leads to the root of the start checkpoint.`,
                )
              : fail(
                  "start frontier",
                  "The hashes of what stood before do not lead to the root of the start checkpoint.",
                ),
          ]),
      checkPeriod(manifest, start, end, isSealedAt(trustRoot, manifest)),
    ],
  };
}

/** To which check of the list one of a checkpoint's own checks belongs. */
export function checkOf(name: string): PackCheck {
  if (name.startsWith("start checkpoint")) return "start checkpoint";
  if (name.startsWith("end checkpoint")) return "end checkpoint";
  return name as PackCheck;
}

function frontierOf(size: bigint, text: string | null): Frontier | null {
  if (text === null || !text.endsWith("\n")) return null;
  const hashes = parseHashLines(text.slice(0, -1).split("\n"));
  return hashes && { size, hashes };
}

/** Whose log it is by the trust root; null: that does not name it. */
function deploymentOf(trustRoot: TrustRoot | null, { log }: Manifest): string | null {
  return trustRoot?.logs.some(({ origin }) => origin === log) ? trustRoot.deployment : null;
}

function checkSameLog(
  { log, range, end_root, deployment }: Manifest,
  start: Checkpoint | null,
  end: Checkpoint | null,
  owner: string | null,
): Check {
  const name = "same log";
  const wrong: string[] = [];
  if (end !== null && (end.origin !== log || end.size !== BigInt(range.end)))
    wrong.push(`the end checkpoint is of ${end.origin} at ${end.size} entries`);
  if (end !== null && toBase64(end.root) !== end_root) wrong.push("the manifest names another root");
  if (start !== null && (start.origin !== log || start.size !== BigInt(range.first)))
    wrong.push(`the start checkpoint is of ${start.origin} at ${start.size} entries`);
  // A pack that was built before there was a trust root names none.
  if (owner !== null && deployment !== owner && deployment !== "unknown")
    wrong.push(`its deployment is ${deployment}, and the log is one of ${owner}`);
  if (wrong.length > 0)
    return fail(
      name,
      `The manifest speaks of ${log} from ${range.first} to ${range.end}: ${wrong.join("; ")}.`,
    );
  return pass(name, `Manifest and checkpoints speak of ${log}, entries ${range.first} up to ${range.end}.`);
}

/** Calls of the period lie in the range if its start was signed before the period and its end after. */
function checkPeriod(
  manifest: Manifest,
  start: CheckedCheckpoint | null,
  end: CheckedCheckpoint,
  isSealed: boolean,
): Check {
  const name = "period";
  const { period, range, status } = manifest;
  // Nothing comes after a seal, whenever it was signed and whenever the period ends.
  const endsAtSeal = status === "final" && isSealed;
  if ((end.signedAt === null && !endsAtSeal) || (range.first > 0 && start?.signedAt === null))
    return unverifiable(name, "Without a signed time nobody can tell how the range lies to the period.");
  if (start?.signedAt !== null && start !== null && start.signedAt >= floorSeconds(period.from))
    return fail(
      name,
      "The start checkpoint was not signed before the period: calls of it may stand before the range.",
    );
  if (endsAtSeal) return pass(name, "The range begins before the period and ends where the log was sealed.");
  if (status === "final" && !isOverAt(manifest, end.signedAt))
    return fail(name, "It is called final, and its end checkpoint was signed before the period's end.");
  if (status === "final") return pass(name, "The range begins before the period and ends after it.");
  return pass(
    name,
    isOverAt(manifest, end.signedAt)
      ? "The range begins before the period and ends after it, though the pack calls itself provisional."
      : "The range begins before the period, and its end was signed before the period was over.",
  );
}

/** Whether the end of the range was signed at or after the period's end. */
export function isOverAt({ period }: Pick<Manifest, "period">, signedAt: bigint | null): boolean {
  return signedAt !== null && signedAt >= ceilSeconds(period.to);
}

function isSealedAt(trustRoot: TrustRoot | null, { log, range }: Manifest): boolean {
  return trustRoot?.logs.some(({ origin, sealed }) => origin === log && sealed?.size === range.end) === true;
}

const floorSeconds = (at: string): bigint => BigInt(Math.floor(millisecondsOf(at) / 1_000));
const ceilSeconds = (at: string): bigint => BigInt(Math.ceil(millisecondsOf(at) / 1_000));
