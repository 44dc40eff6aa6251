import { z } from "zod";
import type { StatementKind } from "../core/ledger/entries/signer-body.ts";
import { instant } from "./range.ts";
import { line } from "./text.ts";

const tenant = line.min(1).max(64);
/** A size or a number of a log; within what a number holds exactly. */
const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const epoch = z.coerce.number().int().min(1).max(999_999_999);

/** Search of `/api/ledger`: one tenant's log in short, or every log the reader may see. */
export const ledgerSearch = z.object({ tenant: tenant.optional() });
export type LedgerSearch = z.infer<typeof ledgerSearch>;

/** Which log: a tenant's, or the deployment's own (for its administrators). */
export const logSearch = z.object({
  tenant: tenant.optional(),
  log: z.enum(["tenant", "system"]).default("tenant"),
});
export type LogSearch = z.infer<typeof logSearch>;

/** Search of `/api/ledger/checkpoints`, newest first. */
export const checkpointSearch = logSearch.extend({
  /** Opaque keyset cursor from a previous page. */
  cursor: line.max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
});
export type CheckpointSearch = z.infer<typeof checkpointSearch>;

/** One checkpoint, as `/api/ledger/checkpoints/note` gives it to keep. */
export const checkpointNoteSearch = logSearch.extend({ epoch, size: whole, at: instant });
export type CheckpointNoteSearch = z.infer<typeof checkpointNoteSearch>;

/** Two sizes of one epoch, older first. */
export const consistencySearch = logSearch
  .extend({ epoch, from: whole, to: whole })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    message: "The second checkpoint must be the larger one.",
  });
export type ConsistencySearch = z.infer<typeof consistencySearch>;

/**
 * What may be said of a log, gravest first where several hold. `frozen`: the signer refuses to sign it further. `sealed`: its
 * newest epoch was sealed, and the next one is not open yet. `failed`: the newest full check of an epoch found a difference. `silent`: entries wait, and the signer signs nothing. `unsigned`: no
 * checkpoint yet. `empty`: no entry yet. `signed`: signed, and not yet recomputed in full. `whole`: both parts of the last
 * full check found no difference in any epoch, and it is signed.
 */
export const logStates = [
  "frozen",
  "sealed",
  "failed",
  "silent",
  "unsigned",
  "empty",
  "signed",
  "whole",
] as const;
export type LogState = (typeof logStates)[number];

export type LogSummary = {
  readonly log: "tenant" | "system";
  /** Slug; null for the system log. */
  readonly tenant: string | null;
  readonly state: LogState;
  /** Of the open epoch. */
  readonly entries: number;
  readonly checkpoint: { readonly size: number; readonly signedAt: string } | null;
  /** Entries that no checkpoint covers yet, and since when the oldest of them waits. */
  readonly waiting: number;
  readonly waitingSince: string | null;
  /** End of the newest full check, of the part and epoch that is behind; null where one of them was never made. */
  readonly verifiedAt: string | null;
  /** The signer's own words about why it froze or sealed the log, or what a full check found, and in which earlier epoch. */
  readonly reason: string | null;
};

export type LedgerOverview = {
  readonly asOf: string;
  readonly logs: readonly LogSummary[];
  readonly trustRoot: TrustRootSummary | null;
};

/** One half of a full check. `tree`: the signer, from bytes to signature. `rows`: the worker, what stands beside them. */
export type Verification = {
  readonly part: "tree" | "rows";
  readonly at: string;
  readonly epoch: number | null;
  readonly intact: boolean;
  /** Entries looked at; null where the statement does not say. */
  readonly entries: number | null;
  readonly sentence: string;
  /** How many differences there are, and the first ones in words. */
  readonly differences: number;
  readonly found: readonly string[];
};

export type SignerStatement = {
  readonly id: string;
  readonly at: string;
  readonly epoch: number | null;
  readonly kind: StatementKind;
  /** Index of the entry it speaks of. */
  readonly atIndex: number | null;
  readonly sentence: string;
};

export type LogKey = {
  readonly vkey: string;
  readonly role: "log" | "clock";
  readonly epoch: number;
  readonly fromSize: number;
  /** Null: still in use. */
  readonly toSize: number | null;
  readonly status: "active" | "retired" | "compromised";
  readonly reason: string | null;
};

export type LogEpoch = {
  readonly epoch: number;
  readonly origin: string;
  readonly openedAt: string;
  readonly entries: number;
  readonly sealed: { readonly size: number; readonly reason: string } | null;
};

/** The deployment's keys as the signer last published them. */
export type TrustRootSummary = {
  readonly version: number;
  readonly at: string;
  readonly fingerprint: string;
};

export type LogDetail = LogSummary & {
  readonly asOf: string;
  /** Null before the first entry. */
  readonly epoch: number | null;
  readonly origin: string | null;
  /** Root of the newest checkpoint, base64 as its note has it. */
  readonly root: string | null;
  /** When the signer last said anything of this log or of itself, by statement or checkpoint. */
  readonly signerHeardAt: string | null;
  /** Calls recorded before the ledger existed: they are in no log and never will be. Null for the system log. */
  readonly callsBefore: number | null;
  /** The newest of each epoch and part, newest epoch first. */
  readonly verifications: readonly Verification[];
  /** Newest first; the newest `statementsShown`. */
  readonly statements: readonly SignerStatement[];
  /** Null: what is stored as trust root is none. */
  readonly keys: readonly LogKey[] | null;
  /** Newest first. */
  readonly epochs: readonly LogEpoch[];
  readonly trustRoot: TrustRootSummary | null;
};

export const statementsShown = 50;

export type Checkpoint = {
  readonly epoch: number;
  readonly size: number;
  readonly signedAt: string;
  readonly root: string;
};

export type CheckpointPage = { readonly items: readonly Checkpoint[]; readonly nextCursor: string | null };

/** Where the signer sealed an epoch of a log: nothing from that size on counts. */
export type EpochSeal = {
  readonly size: number;
  readonly reason: string;
  /** Others may hold the keys that signed it: the trust root alone speaks for its head, and nobody for its time. */
  readonly keysLost: boolean;
};

/** What the ledger holds of one call. */
export type CallProof =
  /** Recorded before the ledger existed. */
  | { readonly state: "not_in_ledger" }
  | (LedgerPlace & {
      /** In the tree, not yet under a checkpoint. */
      readonly state: "waiting";
      /** The signer refuses to sign this log further: it waits for people, not for the next checkpoint. */
      readonly frozen: boolean;
      /** The entry's bytes, which are text; null where retention has deleted them. */
      readonly entry: string | null;
    })
  | (LedgerPlace & {
      /** In the tree, and its epoch was sealed before it: no checkpoint that counts covers it, and none will. */
      readonly state: "beyond_seal";
      readonly sealed: EpochSeal;
      readonly entry: string | null;
    })
  | (LedgerPlace & {
      readonly state: "proven";
      readonly size: number;
      readonly signedAt: string;
      /** Where its epoch was sealed; null: it was not. */
      readonly sealed: EpochSeal | null;
      /** The whole tlog-proof file, the entry's bytes included. */
      readonly proof: string;
    });

type LedgerPlace = { readonly origin: string; readonly epoch: number; readonly index: number };
