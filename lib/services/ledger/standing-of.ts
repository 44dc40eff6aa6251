import type { LogSummary, Verification } from "../../contracts/ledger.ts";
import type { LogHeadRow, StatementRow } from "../../db/ledger-page.ts";
import type { LogRef } from "./log-for.ts";
import { logState } from "./log-state.ts";

/** A log in short, from its head and the statements that stand. `head` is absent where the log was never opened. */
export function summaryOf(
  ref: LogRef,
  head: LogHeadRow | undefined,
  statements: readonly StatementRow[],
  now: Date,
): LogSummary {
  const standing = statements.filter(({ epoch }) => epoch === null || epoch === head?.epoch);
  const freeze = newest(standing.filter(({ kind }) => kind === "frozen" || kind === "unfrozen"));
  const frozen = freeze?.kind === "frozen";
  const parts = newestVerifications(standing);
  const failed = parts.find(({ intact }) => !intact);
  const entries = head?.entries ?? 0;
  const size = head?.size ?? null;
  const waiting = Math.max(0, entries - (size ?? 0));
  return {
    log: ref.log,
    tenant: ref.tenant,
    state: logState(
      {
        frozen,
        failed: failed !== undefined,
        verified: verifiedAt(parts) !== null,
        entries,
        checkpointSize: size,
        waitingSince: head?.waitingSince ?? null,
      },
      now,
    ),
    entries,
    checkpoint: head?.signedAt && size !== null ? { size, signedAt: head.signedAt.toISOString() } : null,
    waiting,
    waitingSince: waiting > 0 ? (head?.waitingSince?.toISOString() ?? null) : null,
    verifiedAt: verifiedAt(parts),
    reason: frozen ? freeze.sentence : (failed?.sentence ?? null),
  };
}

/** The newest full check of each part, as the statements have them. */
export function newestVerifications(statements: readonly StatementRow[]): Verification[] {
  const found = statements.filter(({ kind }) => kind === "fsck_finished");
  return (["tree", "rows"] as const).flatMap((part) => {
    const row = newest(found.filter((each) => partOf(each) === part));
    return row ? [verificationOf(row, part)] : [];
  });
}

function verificationOf(row: StatementRow, part: Verification["part"]): Verification {
  const { ok, entries, differences, found } = detailOf(row);
  return {
    part,
    at: row.at.toISOString(),
    epoch: row.epoch,
    // trust: what does not say that it is intact is not shown as intact.
    intact: ok === true,
    entries: typeof entries === "number" ? entries : null,
    sentence: row.sentence,
    differences: typeof differences === "number" ? differences : 0,
    found: Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, foundMax) : [],
  };
}

const foundMax = 20;

function partOf(row: StatementRow): unknown {
  return detailOf(row).part;
}

function detailOf({ detail }: StatementRow): Readonly<Record<string, unknown>> {
  return typeof detail === "object" && detail !== null ? (detail as Record<string, unknown>) : {};
}

function newest(rows: readonly StatementRow[]): StatementRow | undefined {
  return rows.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))[0];
}

/** Of the two parts the one that is behind; null while one was never made, or found a difference. */
function verifiedAt(parts: readonly Verification[]): string | null {
  if (parts.length < 2 || parts.some(({ intact }) => !intact)) return null;
  return parts.map(({ at }) => at).toSorted()[0] ?? null;
}
