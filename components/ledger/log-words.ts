import {
  CircleCheck,
  CircleDashed,
  CircleQuestionMark,
  Hourglass,
  Lock,
  type LucideIcon,
  Signature,
  Snowflake,
  TriangleAlert,
} from "lucide-react";
import type { LogState, SignerStatement, Verification } from "../../lib/contracts/ledger.ts";
import type { BadgeTone } from "../ui/badge.tsx";

export type LogWords = {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: BadgeTone;
  /** What follows from it, and what to do; null where nothing is to be done. */
  readonly means: string | null;
  readonly remedy: string | null;
};

/** Each state of a log with what it means. Never "tamper-proof": a change is detected, not prevented. */
export const logWords: Readonly<Record<LogState, LogWords>> = {
  whole: {
    word: "Whole",
    icon: CircleCheck,
    tone: "in_region",
    means: null,
    remedy: null,
  },
  signed: {
    word: "Signed",
    icon: Signature,
    tone: "plain",
    means: null,
    remedy: null,
  },
  empty: {
    word: "No entry yet",
    icon: CircleDashed,
    tone: "plain",
    means: null,
    remedy: null,
  },
  unsigned: {
    word: "Not signed yet",
    icon: Hourglass,
    tone: "unverifiable",
    means:
      "Entries are in the tree, but no checkpoint covers them: until one does, a change to them would not show.",
    remedy:
      "The signer signs every 10 seconds. If this stays, it has never run for this log: npm start runs it with the rest, npm run signer runs it alone. Its log says why it does not sign.",
  },
  silent: {
    word: "Signer silent",
    icon: CircleQuestionMark,
    tone: "unverifiable",
    means:
      "The signer should sign every 10 seconds and does not. What waits is recorded, but a change to it would not show until it is signed.",
    remedy:
      "See that the signer process runs (npm start runs it with the rest, npm run signer alone) and read its log. When it runs again it re-reads every waiting entry before it signs.",
  },
  sealed: {
    word: "Sealed",
    icon: Lock,
    tone: "unverifiable",
    means:
      "The signer has ended this epoch and signs nothing in it any more. The next one is not open yet: what is recorded until it is stands behind the seal, where no checkpoint that counts will ever cover it.",
    remedy:
      "The worker opens the next epoch within seconds. If this stays, see that it runs (npm start runs it with the rest, npm run worker alone) and read its log.",
  },
  failed: {
    word: "Difference found",
    icon: TriangleAlert,
    tone: "outside",
    means:
      "A full check recomputed the record from its bytes, and something in it, or in an earlier epoch of it, is not as it was signed.",
    remedy:
      "Keep the database and the signer's state as they are. Compare the newest checkpoint you hold outside this deployment with this log, and look for who could write to the database.",
  },
  frozen: {
    word: "Frozen",
    icon: Snowflake,
    tone: "outside",
    means:
      "The signer remembers, outside the database, what it has signed. What the database now holds contradicts that, or cannot be read as a record, so it signs nothing more in this log. Earlier checkpoints and proofs keep their value; new entries are recorded, but not signed.",
    remedy:
      "Keep the database and the signer's state as they are: both are evidence. Find out whether a backup was restored, a standby took over with entries missing, or somebody wrote to the database. Then the operator either brings back the database that was signed and releases the log (npm run signer-admin -- unfreeze: all of it is read again first), or seals this epoch and goes on in the next (npm run signer-admin -- seal).",
  },
};

export const statementWords: Readonly<Record<SignerStatement["kind"], string>> = {
  started: "Signer started",
  alarm: "Alarm",
  frozen: "Log frozen",
  unfrozen: "Log released",
  key_rotated: "Key rotated",
  key_compromised: "Key compromised",
  log_sealed: "Epoch sealed",
  fsck_finished: "Full check finished",
};

/** Statements a reader must not pass over. */
export const grave: ReadonlySet<SignerStatement["kind"]> = new Set([
  "alarm",
  "frozen",
  "key_compromised",
  "log_sealed",
]);

export const partWords: Readonly<
  Record<Verification["part"], { title: string; by: string; covers: string }>
> = {
  tree: {
    title: "From bytes to signatures",
    by: "Signer",
    covers: "Every entry hashed anew from its bytes, every tile, root and checkpoint recomputed.",
  },
  rows: {
    title: "What stands beside the entries",
    by: "Worker",
    covers:
      "Every recorded call, late end and event against its entry; commitments against what they commit to.",
  },
};
