import type { EpochSeal } from "../../contracts/ledger.ts";
import type { StatementRow } from "../../db/ledger-page.ts";

/** What the signer said last of one epoch: whether it goes on. */
export type EpochStanding = {
  /** Null: it was not sealed. */
  readonly sealed: EpochSeal | null;
  /** The statement by which it is frozen. Null: it is not, or it was sealed since and is signed no more in any case. */
  readonly frozen: StatementRow | null;
  /** The signer's words about the seal. */
  readonly sealedWords: string | null;
};

/**
 * trust: whoever writes the database may have made a statement up. It decides which checkpoint is handed out and what is said
 * beside it; what counts is told by the trust root of whoever verifies.
 */
export function epochStanding(statements: readonly StatementRow[], epoch: number): EpochStanding {
  const own = statements.filter((row) => row.epoch === epoch);
  const said = newestStatement(own.filter(({ kind }) => kind === "log_sealed"));
  const { size, reason } = said ? detailOf(said) : {};
  const sealed =
    typeof size === "number" && Number.isSafeInteger(size) && size >= 0
      ? {
          size,
          reason: typeof reason === "string" ? reason : "no reason is given",
          keysLost: own.some(({ kind }) => kind === "key_compromised"),
        }
      : null;
  const freeze = newestStatement(own.filter(({ kind }) => kind === "frozen" || kind === "unfrozen"));
  return {
    sealed,
    frozen: sealed === null && freeze?.kind === "frozen" ? freeze : null,
    sealedWords: sealed === null ? null : (said?.sentence ?? null),
  };
}

export function newestStatement(rows: readonly StatementRow[]): StatementRow | undefined {
  return rows.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))[0];
}

export function detailOf({ detail }: StatementRow): Readonly<Record<string, unknown>> {
  return typeof detail === "object" && detail !== null ? (detail as Record<string, unknown>) : {};
}
