import { v7 } from "uuid";
import { systemLogId } from "../../core/ledger/system-log.ts";
import {
  type ClaimingRows,
  callsPastTheLedger,
  lastRowCheck,
  rowsWithoutEntry,
} from "../../db/ledger-rows.ts";
import { listStoredLogs, type StoredLog } from "../../db/ledger-walk.ts";
import { insertStatement } from "../../db/signer-output.ts";
import { allTenantIds } from "../../db/tenant.ts";
import { type SqlTransaction, tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { forEachTenant } from "../jobs/create-turns.ts";
import { checkErasures } from "./check-erasures.ts";
import { comparePage } from "./compare-page.ts";
import { collectDifferences, type Difference, type Differences } from "./differences.ts";
import { expiredPart } from "./expired-part.ts";
import { readPlaces } from "./read-places.ts";

const everyMs = 24 * 3_600_000;

export type RowCheck = {
  /** How many logs were gone through. */
  readonly logs: number;
  /** All of them; `lines` name the first ones of each log. */
  readonly differences: number;
  readonly lines: readonly string[];
};

/**
 * The worker's part of the full check: every call, late end and event that a page shows against its entry, those that claim an
 * entry and have none, and every sealed opening against its commitment. Whoever edits the tables that dashboards read is found here; what the entries themselves
 * are worth, the signer's part says. The result is a statement of each log, and so an entry.
 */
export async function checkRows(now: Date, when: "when due" | "now"): Promise<RowCheck> {
  let [logs, differences] = [0, 0];
  const lines: string[] = [];
  await forEachTenant([...(await allTenantIds()), systemLogId], async (tenantId) => {
    const scope = { read: [tenantId], write: null };
    for (const log of await withTenantSql(scope, (sql) => listStoredLogs(sql, tenantId))) {
      const last = await withTenantSql(scope, (sql) => lastRowCheck(sql, log));
      if (when === "when due" && last !== null && now.getTime() - last.getTime() < everyMs) continue;
      const found = await checkLog(log);
      const inOrder = sorted(found.kept);
      logs += 1;
      differences += found.count;
      lines.push(
        `${log.origin}: ${await state(log, found, inOrder, now)}`,
        ...inOrder.slice(1).map(({ sentence }) => `  ${sentence}`),
      );
    }
  });
  return { logs, differences, lines };
}

async function checkLog(log: StoredLog): Promise<Differences> {
  const { tenantId } = log;
  const end = log.size ?? 0;
  const found = collectDifferences();
  const addAll = (differences: readonly Difference[]) => {
    for (const { atIndex, sentence } of differences) found.add(atIndex, sentence);
  };
  // A transaction per page: a long one would keep the database from cleaning up behind itself.
  const query: SqlTransaction["query"] = (text, values) =>
    withTenantSql({ read: [tenantId], write: null }, (sql) => sql.query(text, values));
  const sql: SqlTransaction = { query };
  const expired = await expiredPart(sql, log);
  if (expired.problem !== null) found.add(null, expired.problem);
  for await (const places of readPlaces(sql, log, expired.below, end))
    addAll(await comparePage(sql, log, places));
  addAll(await checkErasures(sql, log, expired.below));
  const claims = { call: "call", late_outcome: "late end", event: "event" } as const;
  for (const [what, noun] of Object.entries(claims) as [ClaimingRows, string][]) {
    const strange = await rowsWithoutEntry(sql, log, end, what);
    for (const { id, epoch, index, twice } of strange) {
      const place = epoch === log.epoch ? `entry ${index}` : `entry ${index} of an epoch ${epoch}`;
      const words = twice ? `is a second one for ${place}` : `claims ${place}, which is no ${noun}'s`;
      found.add(index, `The ${noun} row ${id} ${words}: it was inserted or changed.`);
    }
    found.addUnnamed((strange[0]?.total ?? 0) - strange.length);
  }
  const past = log.epoch === 1 ? await callsPastTheLedger(sql, tenantId) : [];
  for (const { id } of past)
    found.add(
      null,
      `The call row ${id} names no entry, although it was recorded after calls that do: it was inserted or changed.`,
    );
  found.addUnnamed((past[0]?.total ?? 0) - past.length);
  return found;
}

async function state(
  log: StoredLog,
  found: Differences,
  inOrder: readonly Difference[],
  now: Date,
): Promise<string> {
  const { tenantId, epoch, origin } = log;
  const entries = log.size ?? 0;
  const [first] = inOrder;
  const many = found.count === 1 ? "a row that is" : `${found.count} rows that are`;
  const sentence = first
    ? `The full check found ${many} not what the ledger holds. The first: ${first.sentence}`
    : `All rows that ${entries} entries speak of, and all openings beside them, were compared: they agree.`;
  const detail = {
    part: "rows",
    ok: found.count === 0,
    origin,
    entries,
    differences: found.count,
    found: inOrder.slice(0, 20).map((each) => each.sentence),
  };
  const id = v7({ msecs: now.getTime() });
  const statement = {
    tenantId,
    at: now,
    id,
    epoch,
    kind: "fsck_finished" as const,
    atIndex: first?.atIndex ?? null,
  };
  await withTenantSql(tenantScope(tenantId), (sql) =>
    insertStatement(sql, { ...statement, sentence, detail }),
  );
  return sentence;
}

/** Those that are at no entry in particular last. */
function sorted(found: readonly Difference[]): Difference[] {
  return found.toSorted((a, b) => (a.atIndex ?? Number.MAX_VALUE) - (b.atIndex ?? Number.MAX_VALUE));
}
