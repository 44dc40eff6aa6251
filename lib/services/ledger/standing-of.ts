import type { LogSummary, Verification } from "../../contracts/ledger.ts";
import type { LogHeadRow, StatementRow } from "../../db/ledger-page.ts";
import { detailOf, epochStanding, newestStatement } from "./epoch-standing.ts";
import type { LogRef } from "./log-for.ts";
import { logState } from "./log-state.ts";

/** A log in short, from its head and the statements that stand. `head` is absent where the log was never opened. */
export function summaryOf(
  ref: LogRef,
  head: LogHeadRow | undefined,
  statements: readonly StatementRow[],
  now: Date,
): LogSummary {
  const epoch = head?.epoch ?? 0;
  const { frozen, sealed, sealedWords } = epochStanding(statements, epoch);
  const verifications = newestVerifications(statements);
  const failed = verifications.find(({ intact }) => !intact);
  const entries = head?.entries ?? 0;
  const size = head?.size ?? null;
  const waiting = Math.max(0, entries - (size ?? 0));
  const checkedAt = verifiedAt(verifications, epoch);
  return {
    log: ref.log,
    tenant: ref.tenant,
    state: logState(
      {
        frozen: frozen !== null,
        sealed: sealed !== null,
        failed: failed !== undefined,
        verified: checkedAt !== null,
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
    verifiedAt: checkedAt,
    reason: frozen?.sentence ?? sealedWords ?? (failed ? foundWords(failed, epoch) : null),
  };
}

const foundWords = ({ epoch, sentence }: Verification, open: number): string =>
  epoch === open ? sentence : `Epoch ${epoch}: ${sentence}`;

/** The newest full check of each part of each epoch, as the statements have them; newest epoch first. */
export function newestVerifications(statements: readonly StatementRow[]): Verification[] {
  const found = statements.filter(({ kind }) => kind === "fsck_finished");
  const epochs = [...new Set(found.map(({ epoch }) => epoch))].sort((a, b) => (b ?? 0) - (a ?? 0));
  return epochs.flatMap((epoch) =>
    (["tree", "rows"] as const).flatMap((part) => {
      const row = newestStatement(
        found.filter((each) => each.epoch === epoch && detailOf(each).part === part),
      );
      return row ? [verificationOf(row, part)] : [];
    }),
  );
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

/** Of all epochs and parts the one that is behind; null while one was never made, or found a difference. */
function verifiedAt(verifications: readonly Verification[], epochs: number): string | null {
  if (verifications.some(({ intact }) => !intact)) return null;
  const isWhole = (epoch: number) => verifications.filter((each) => each.epoch === epoch).length === 2;
  if (epochs === 0 || !Array.from({ length: epochs }, (_, i) => i + 1).every(isWhole)) return null;
  return verifications.map(({ at }) => at).toSorted()[0] ?? null;
}
