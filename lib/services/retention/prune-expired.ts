import { pruneEvent } from "../../core/retention/prune-event.ts";
import { dropMonth, listMonths, tenantsOfMonth } from "../../db/call-month.ts";
import { standingStatements } from "../../db/ledger-page.ts";
import type { LogKey } from "../../db/ledger-walk.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { isOnHold, type PolicyInForceRow, retentionInForce } from "../../db/retention.ts";
import {
  type PrunableEpoch,
  prunableEpochs,
  pruneStep,
  type RecordedPrune,
  recordPrune,
  saidAndNotDone,
  unfinishedPrunes,
} from "../../db/retention-run.ts";
import { isSpread } from "../../db/spread.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { createTurns } from "../jobs/create-turns.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";
import { epochStanding } from "../ledger/epoch-standing.ts";
import { expiryOf } from "./expiry.ts";
import { retentionJob, sayThenDo } from "./say-then-do.ts";

/** Rows of each table that go in one transaction: recording waits for none of them. */
const stepRows = 2_000;

export type Pruned = { readonly ranges: number; readonly rows: number };

/**
 * Deletes what has expired under the period two people approved: first the entry that says so, then the bytes, openings
 * and rows, in steps. Leaf hashes, batches, tiles and checkpoints stay, so every proof made before still holds. A legal
 * hold stops it between two steps. A frozen log is left as it is until it is signed again or sealed: what is wrong with it may
 * lie in what would go.
 *
 * crash: the range is recorded before its first row goes, so whoever comes next goes on. On a Citus cluster its entry is a
 * transaction before that (decision 0018); one that speaks of a range which was not recorded is found again. Safe to repeat.
 */
export async function pruneExpired(now: Date): Promise<Pruned> {
  let [ranges, rows] = [0, 0];
  const prunable: string[] = [];
  const turns = createTurns();
  const of = (tenantId: string) => tenantId;
  await turns.each(await allTenantIds(), of, async (tenantId) => {
    if (await mayPrune(tenantId)) prunable.push(tenantId);
  });
  await turns.each(prunable, of, async (tenantId) => {
    ranges += await recordExpired(tenantId, now);
  });
  // On a cluster rows go in steps: of months each node has parts, and the coordinator locks and drops none of them in one.
  if (ranges > 0 && !(await isSpread())) await dropWholeMonths(prunable, now);
  await turns.each(prunable, of, async (tenantId) => {
    rows += await finish(tenantId);
  });
  turns.end();
  return { ranges, rows };
}

/** A month in which nobody keeps anything goes at once. The store looks whether that is so; where not, rows go in steps. */
async function dropWholeMonths(tenantIds: readonly string[], now: Date): Promise<void> {
  for (const kind of ["ledger", "call"] as const)
    for (const month of await listMonths(kind)) {
      if (monthsBetween(month, now) < 3 || (await tenantsOfMonth(kind, month)).length === 0) continue;
      try {
        await dropMonth(kind, month, tenantIds);
      } catch (error) {
        // Readers held it: its rows go in steps, and the empty month stays.
        if (!isLockNotAvailable(error)) throw error;
      }
    }
}

function monthsBetween(month: Date, now: Date): number {
  return (now.getUTCFullYear() - month.getUTCFullYear()) * 12 + now.getUTCMonth() - month.getUTCMonth();
}

function isLockNotAvailable(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}

async function mayPrune(tenantId: string): Promise<boolean> {
  return withTenantSql({ read: [tenantId], write: null }, async (sql) => {
    if ((await retentionInForce(sql, tenantId)) === null || (await isOnHold(sql, tenantId))) return false;
    const statements = await standingStatements(sql, [tenantId]);
    const epochs = new Set(statements.flatMap(({ epoch }) => epoch ?? []));
    return [...epochs].every((epoch) => epochStanding(statements, epoch).frozen === null);
  });
}

async function recordExpired(tenantId: string, now: Date): Promise<number> {
  const said = await sayThenDo(tenantId, (sql) => say(sql, tenantId, now), recordAll);
  return said.length;
}

async function recordAll(sql: SqlTransaction, prunes: readonly RecordedPrune[]): Promise<void> {
  for (const prune of prunes) await recordPrune(sql, prune);
}

/** The expired ranges, each with the entry that says so, which is made where it is not there already. */
async function say(sql: SqlTransaction, tenantId: string, now: Date): Promise<RecordedPrune[]> {
  await lockRecording(sql, tenantId);
  const policy = await retentionInForce(sql, tenantId);
  const before = expiryOf(policy?.months ?? null, now);
  if (policy === null || before === null) return [];
  const { requestId } = policy;
  const epochs = await prunableEpochs(sql, tenantId, before);
  const waiting = epochs.length === 0 ? [] : await saidAndNotDone(sql, tenantId, pruneEvent, "ledger_prune");
  const prunes: RecordedPrune[] = [];
  for (const range of epochs) {
    const { epoch, from, to } = range;
    const detail = detailOf(range, policy, before);
    const same = waiting.find((said) =>
      (["epoch", "from", "to", "rootAtTo", "policy"] as const).every(
        (name) => said.detail[name] === detail[name],
      ),
    );
    const event = { kind: pruneEvent, subject: `${from} to ${to}`, detail };
    const entry = same ?? (await appendJobEvent(sql, tenantId, event, now, retentionJob));
    prunes.push({ tenantId, requestId, epoch, to, entry });
  }
  return prunes;
}

function detailOf({ epoch, from, to, root }: PrunableEpoch, policy: PolicyInForceRow, before: Date) {
  return {
    epoch,
    from,
    to,
    rootAtTo: root,
    before: before.toISOString(),
    policy: policy.requestId,
    preset: policy.preset,
    months: policy.months,
    requestedBy: policy.requestedBy,
    requestedById: policy.requestedById,
    approvedBy: policy.approvedBy,
    approvedById: policy.approvedById,
  };
}

async function finish(tenantId: string): Promise<number> {
  const open = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    unfinishedPrunes(sql, tenantId),
  );
  let rows = 0;
  for (const log of open) rows += await deleteAll(log);
  return rows;
}

async function deleteAll(log: LogKey): Promise<number> {
  let rows = 0;
  for (;;) {
    const gone = await withTenantSql(tenantScope(log.tenantId), async (sql) =>
      // A hold placed meanwhile: the store would refuse.
      (await isOnHold(sql, log.tenantId)) ? 0 : pruneStep(sql, log, stepRows),
    );
    if (gone === 0) return rows;
    rows += gone;
  }
}
