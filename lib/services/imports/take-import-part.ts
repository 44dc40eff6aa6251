import type { ImportPartInput } from "../../contracts/imports.ts";
import { checkReport } from "../../core/intake/check-report.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import {
  changeImport,
  findImport,
  type ImportRow,
  insertErrors,
  insertPart,
  knownClientIds,
  lockImport,
  workOnImport,
} from "../../db/import.ts";
import { type PrismaTransaction, sqlOf } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { errorsMax } from "./import-limits.ts";
import { type PartRecord, sealPart } from "./part-seal.ts";
import { type CsvShape, type FileShape, type LineProblem, readRecords } from "./read-records.ts";

/**
 * Takes the next piece of a file: reads it, keeps what was read of it for the worker, and counts what was not. The piece
 * itself is kept nowhere. One that comes twice, after an answer that was lost, is taken once.
 */
export async function takeImportPart(
  actor: Actor,
  id: string,
  input: ImportPartInput,
  now = new Date(),
): Promise<{ readonly partsTaken: number }> {
  const tenant = await tenantFor(actor, "call:import", input.tenant);
  return workOnImport(tenant.tenantId, async (tx) => {
    await lockImport(sqlOf(tx), tenant.tenantId, id);
    const row = await findImport(tx, tenant.tenantId, id);
    if (!row) throw noImport();
    if (row.state !== "receiving") throw new Refusal("conflict", "This import takes no more of its file.");
    if (input.seq < row.partsTaken) return { partsTaken: row.partsTaken };
    if (input.seq > row.partsTaken)
      throw new Refusal("conflict", `The next piece of this file is number ${row.partsTaken}.`);
    const read = readRecords(input.records, shapeOf(row));
    const calls = read.flatMap((each) =>
      each.kind === "call" ? [{ line: each.line, report: each.report }] : [],
    );
    const problems = read.flatMap((each) => (each.kind === "rejected" ? [each.problem] : []));
    const tried = row.dryRun ? await tryRecording(tx, tenant.tenantId, calls, now) : null;
    problems.push(...(tried?.problems ?? []));
    if (tried === null && calls.length > 0) {
      const place = { tenantId: tenant.tenantId, importId: id, seq: input.seq };
      await insertPart(tx, { ...place, sealed: new Uint8Array(sealPart(calls, place)) });
    }
    const kept = problems.slice(0, Math.max(0, errorsMax - row.errorsKept));
    const errorsKept = await insertErrors(tx, tenant.tenantId, id, kept);
    await changeImport(tx, tenant.tenantId, id, {
      touchedAt: now,
      partsTaken: row.partsTaken + 1,
      bytesTaken: BigInt(input.bytesRead),
      add: {
        records: read.length,
        ignored: read.filter(({ kind }) => kind === "ignored").length,
        rejected: problems.length,
        recorded: tried?.fresh ?? 0,
        duplicate: tried?.known ?? 0,
        errorsKept,
      },
      ...seenIn(row, calls),
    });
    return { partsTaken: row.partsTaken + 1 };
  });
}

export const noImport = (): Refusal => new Refusal("not_found", "There is no such import.");

function shapeOf(row: ImportRow): FileShape {
  return { format: row.format as FileShape["format"], csv: (row.mapping as CsvShape | null) ?? null };
}

/** What recording would do, as far as it can be said without: within the time that is taken, and known or not. */
async function tryRecording(
  tx: PrismaTransaction,
  tenantId: string,
  calls: readonly PartRecord[],
  now: Date,
): Promise<{ problems: LineProblem[]; fresh: number; known: number }> {
  const problems: LineProblem[] = [];
  const sound: ReportedCall[] = [];
  for (const { line, report } of calls) {
    const times = {
      startedAt: Date.parse(report.startedAt),
      endedAt: report.endedAt === null ? null : Date.parse(report.endedAt),
    };
    const problem = checkReport(report, times, now.getTime());
    if (problem === null) sound.push(report);
    else
      problems.push({
        line,
        clientId: report.clientId,
        code: problem.code,
        message: `${problem.field}: ${problem.message}`,
      });
  }
  const ids = sound.map(({ clientId }) => clientId);
  const known = await knownClientIds(sqlOf(tx), tenantId, ids);
  const fresh = ids.filter((clientId) => !known.has(clientId)).length;
  return { problems, fresh, known: ids.length - fresh };
}

const hostsMax = 50;

/** Hosts and span of time of what has been read so far. trust: names come from the file; more than 50 are one. */
function seenIn(row: ImportRow, calls: readonly PartRecord[]) {
  const hosts = new Map(Object.entries(row.hosts as Record<string, number>));
  let earliest = row.earliest;
  let latest = row.latest;
  for (const { report } of calls) {
    const named = report.host?.toLowerCase().slice(0, 253) ?? "";
    const host = hosts.has(named) || hosts.size < hostsMax ? named : "other";
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
    const at = new Date(report.startedAt);
    if (earliest === null || at < earliest) earliest = at;
    if (latest === null || at > latest) latest = at;
  }
  return { hosts: Object.fromEntries(hosts), earliest, latest };
}
