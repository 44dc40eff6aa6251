import type { ReportPeriod } from "../../contracts/report-period.ts";
import { standingStatements } from "../../db/ledger-page.ts";
import type { LogKey } from "../../db/ledger-walk.ts";
import {
  firstHeadOf,
  type LogEpochRow,
  lastHeadBefore,
  logEpochs,
  nextHead,
  type SignedHead,
} from "../../db/report-range.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { epochStanding } from "../ledger/epoch-standing.ts";

/** The places of a log that a pack about a period holds. */
export type PackRange = {
  readonly key: LogKey;
  readonly origin: string;
  readonly first: number;
  readonly end: number;
  /** Null where the range begins at 0. */
  readonly startHead: SignedHead | null;
  readonly endHead: SignedHead;
  /** The end was signed at or after the period's, or the log was sealed there: the same range for ever. */
  readonly final: boolean;
  /** Other epochs that were open in the period. */
  readonly otherEpochs: readonly number[];
};

/**
 * The range of a period. It begins at the last checkpoint signed before the period, or at 0; it ends at the first one signed
 * at or after the period's end, or for now at the newest. Ranges of neighbouring periods thus overlap by what was signed
 * over the turn, and no call that began within a period and was recorded by its end can fall between two of them. Times are
 * the signer's. Of several epochs it is about the one given, else the one that was open at the period's end; of one that was
 * sealed, up to the seal at most. Where its keys are lost, the sealed head alone counts, and no time: the range is all of it.
 * Null: nothing that counts was signed.
 */
export async function findRange(
  sql: SqlTransaction,
  tenantId: string,
  { from, to }: ReportPeriod,
  wanted: number | null,
): Promise<PackRange | null> {
  const epochs = await logEpochs(sql, tenantId);
  const open = epochs.findLast(({ openedAt }) => openedAt < to) ?? epochs.at(0);
  const chosen = wanted === null ? open : epochs.find(({ epoch }) => epoch === wanted);
  if (!chosen) return null;
  const key = { tenantId, epoch: chosen.epoch };
  const otherEpochs = epochs
    .filter((each) => each !== chosen && wasOpen(each, epochs, { from, to }))
    .map((each) => each.epoch);
  const about = { key, origin: chosen.origin, otherEpochs };
  const { sealed } = epochStanding(await standingStatements(sql, [tenantId]), chosen.epoch);
  if (sealed?.keysLost) {
    const endHead = await firstHeadOf(sql, key, sealed.size);
    return endHead && { ...about, first: 0, end: sealed.size, startHead: null, endHead, final: true };
  }
  const sizeMax = sealed?.size ?? null;
  // Notes say seconds: what was signed within the second of a turn counts as neither before nor after it.
  const [fromSecond, toSecond] = [Math.floor(from.getTime() / 1_000), Math.ceil(to.getTime() / 1_000)];
  const startHead = await lastHeadBefore(sql, key, new Date(fromSecond * 1_000), sizeMax);
  const lastBefore = await lastHeadBefore(sql, key, new Date(toSecond * 1_000), sizeMax);
  const closing = await nextHead(sql, key, lastBefore, sizeMax);
  const endHead = closing ?? lastBefore;
  if (endHead === null) return null;
  return {
    ...about,
    first: startHead?.size ?? 0,
    end: endHead.size,
    startHead: startHead !== null && startHead.size > 0 ? startHead : null,
    endHead,
    final: closing !== null || endHead.size === sealed?.size,
  };
}

/** An epoch is open until the next one is. */
function wasOpen(
  { epoch, openedAt }: LogEpochRow,
  epochs: readonly LogEpochRow[],
  period: ReportPeriod,
): boolean {
  const next = epochs.find((each) => each.epoch === epoch + 1);
  return openedAt < period.to && (next === undefined || next.openedAt > period.from);
}
