import type { RecordResult } from "../../contracts/intake.ts";
import type { OwnGateway } from "../../core/intake/own-gateway.ts";
import {
  changeImport,
  countParts,
  deletePart,
  deleteTried,
  endedWithTried,
  findImport,
  firstPart,
  holdPart,
  insertErrors,
  lockImport,
  markTaken,
  openImports,
  type PartKey,
  type TakenPlaces,
  tenantsWithImports,
  workOnImport,
} from "../../db/import.ts";
import { keyRowIds } from "../../db/row-id.ts";
import { sqlOf, withTenant } from "../../db/with-tenant.ts";
import { log } from "../../log.ts";
import type { Actor } from "../actor.ts";
import { StopRecording } from "../calls/stop-recording.ts";
import { acceptCalls } from "../intake/accept-calls.ts";
import type { Alongside } from "../intake/alongside.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { endImport, endWhole } from "./end-import.ts";
import { errorsMax, silentMsMax } from "./import-limits.ts";
import { openPart, type PartRecord } from "./part-seal.ts";
import type { RecordProblem } from "./read-records.ts";

const self: Actor = { kind: "system", job: "import" };

export type RunImportsOptions = {
  /** Names under which callers reach our own gateway. */
  readonly own: OwnGateway;
  readonly now: () => Date;
  /** A pass takes no further piece after that long; the next one goes on. */
  readonly passMsMax?: number;
};

/** One pass over every import: records what waits, and ends what is whole or was given up. */
export async function runImports(options: RunImportsOptions): Promise<{ parts: number; ended: number }> {
  const until = options.now().getTime() + (options.passMsMax ?? 5_000);
  let parts = 0;
  let ended = 0;
  for (const tenantId of await acrossTenants(tenantsWithImports)) {
    const open = await withTenant({ read: [tenantId], write: null }, (tx) => openImports(tx, tenantId));
    for (const { id, state, touchedAt } of open) {
      const silentMs = options.now().getTime() - touchedAt.getTime();
      try {
        if (state === "receiving" && silentMs > silentMsMax) {
          await endImport(self, { tenant: tenantId, id, state: "cancelled" });
          ended++;
          continue;
        }
        // At least one, so that no import waits for the end of another.
        while (await recordPart(tenantId, id, options)) {
          parts++;
          if (options.now().getTime() >= until) break;
        }
        if ((await isWhole(tenantId, id)) && (await endWhole(self, tenantId, id))) ended++;
      } catch (error) {
        // What waits goes on waiting, and is tried again in the next pass; nobody else's import stands behind it.
        log.error({ err: error, importId: id, tenantId }, "a piece of an import could not be recorded");
      }
    }
    await clearTried(tenantId, () => options.now().getTime() >= until);
  }
  return { parts, ended };
}

/**
 * Records the piece that waits longest; false: none does, or the import was given up.
 *
 * crash: recorded first, counted and deleted then. What is recorded of a piece is said beside it in the same transaction, so
 * that after a crash in between it is found recorded and counted as what it became: no call is lost, doubled, or counted as
 * known before. Whoever gives the import up in between counts the same, and nothing of the piece is recorded after that.
 */
async function recordPart(tenantId: string, id: string, { own, now }: RunImportsOptions): Promise<boolean> {
  const found = await withTenant({ read: [tenantId], write: null }, async (tx) => {
    const part = await firstPart(tx, tenantId, id);
    return part && { part, row: await findImport(tx, tenantId, id) };
  });
  if (!found?.row) return false;
  const { seq, sealed } = found.part;
  const part = { tenantId, importId: id, seq };
  const records = openPart(sealed, part);
  const reporter = { tenantId, applicationId: found.row.applicationId, keyId: null };
  const reports = records.map(({ report }) => report);
  const alongside = alongsideOf(part, records);
  const results = await unlessGivenUp(() =>
    acceptCalls(reporter, reports, { receivedAt: now(), own, alongside }),
  );
  if (results === null) return false;
  const problems = problemsOf(results, records);
  await workOnImport(tenantId, async (tx) => {
    const sql = sqlOf(tx);
    await lockImport(sql, tenantId, id);
    const taken = await deletePart(sql, part);
    if (taken === null) return;
    const row = await findImport(tx, tenantId, id);
    const errorsKept = await insertErrors(
      tx,
      tenantId,
      id,
      problems.slice(0, Math.max(0, errorsMax - (row?.errorsKept ?? 0))),
    );
    await changeImport(tx, tenantId, id, {
      touchedAt: now(),
      add: { ...countsOf(results, taken), errorsKept },
    });
  });
  return true;
}

/** Says beside a piece what is recorded of it, and stops where the piece is gone. */
function alongsideOf(part: PartKey, records: readonly PartRecord[]): Alongside {
  return {
    before: async (sql, places) => {
      if (!(await holdPart(sql, part))) throw new StopRecording();
      const ids = places.flatMap((place) => {
        const { formerId = null, report } = records[place] ?? {};
        return formerId === null || report === undefined
          ? []
          : [{ before: formerId, later: report.clientId }];
      });
      // Under the tenant's lock: nothing is recorded under either form in between.
      if (ids.length > 0) await keyRowIds(sql, "intake_key", part.tenantId, ids);
    },
    taken: (sql, as, places) => markTaken(sql, part, as, places),
  };
}

async function unlessGivenUp<T>(record: () => Promise<T>): Promise<T | null> {
  try {
    return await record();
  } catch (error) {
    if (error instanceof StopRecording) return null;
    throw error;
  }
}

const clearedAtOnce = 10_000;

/**
 * Deletes what dry runs have met that are over, a step per transaction, one at least in a pass. Apart from their end: that
 * holds up the tenant's recording, and these may be millions.
 */
async function clearTried(tenantId: string, isOver: () => boolean): Promise<void> {
  const ids = await workOnImport(tenantId, (tx) => endedWithTried(sqlOf(tx), tenantId));
  for (const id of ids)
    for (;;) {
      const gone = await workOnImport(tenantId, (tx) => deleteTried(sqlOf(tx), tenantId, id, clearedAtOnce));
      if (isOver()) return;
      if (gone < clearedAtOnce) break;
    }
}

async function isWhole(tenantId: string, id: string): Promise<boolean> {
  return withTenant({ read: [tenantId], write: null }, async (tx) => {
    const row = await findImport(tx, tenantId, id);
    return row?.state === "running" && (await countParts(tx, tenantId, id)) === 0;
  });
}

/** What the piece itself recorded is not known from before, also where this is the second time that it is handed in. */
function countsOf(
  results: readonly RecordResult[],
  taken: TakenPlaces,
): Record<RecordResult["outcome"], number> {
  const [recorded, joined] = [new Set(taken.recorded), new Set(taken.joined)];
  const counts = { recorded: 0, duplicate: 0, conflict: 0, joined: 0, ignored: 0, rejected: 0 };
  for (const { index, outcome } of results)
    counts[recorded.has(index) ? "recorded" : joined.has(index) ? "joined" : outcome]++;
  return counts;
}

function problemsOf(results: readonly RecordResult[], records: readonly PartRecord[]): RecordProblem[] {
  return results.flatMap(({ index, clientId, outcome, error }) => {
    const place = records[index];
    if (place === undefined || (outcome !== "rejected" && outcome !== "conflict")) return [];
    const { record, line } = place;
    const code = error?.code ?? "client_id_conflict";
    const message =
      error === undefined ? "The id was used before with other content, which stays." : error.message;
    return [{ record, line, clientId, code, message: error?.field ? `${error.field}: ${message}` : message }];
  });
}
