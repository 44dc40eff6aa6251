import type { ImportPartInput } from "../../contracts/imports.ts";
import { type OwnGateway, ownGateway } from "../../core/intake/own-gateway.ts";
import {
  changeImport,
  findImport,
  type ImportRow,
  insertErrors,
  insertPart,
  lockImport,
  workOnImport,
} from "../../db/import.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { gatewaySettings } from "../../env/gateway-settings.ts";
import { intakeSettings } from "../../env/intake-settings.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { errorsMax } from "./import-limits.ts";
import { type PartRecord, sealPart } from "./part-seal.ts";
import { type CsvShape, type FileShape, readRecords } from "./read-records.ts";
import { tryRecording } from "./try-recording.ts";

/**
 * Takes the next piece of a file: reads it, keeps what was read of it for the worker, and counts what was not. The piece
 * itself is kept nowhere. One that comes twice, after an answer that was lost, is taken once.
 */
export async function takeImportPart(
  actor: Actor,
  id: string,
  input: ImportPartInput,
  { now = new Date(), own }: { now?: Date; own?: OwnGateway } = {},
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
    const read = readRecords(input.records, shapeOf(row), row.records);
    const calls = read.flatMap((each) =>
      each.kind === "call"
        ? [{ ...each.place, report: each.report, ...(each.formerId && { formerId: each.formerId }) }]
        : [],
    );
    const problems = read.flatMap((each) => (each.kind === "rejected" ? [each.problem] : []));
    const tried = row.dryRun
      ? await tryRecording(tx, { tenantId: tenant.tenantId, importId: id }, calls, {
          now,
          own: own ?? ownGatewayHere(),
        })
      : null;
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
        rejected: problems.length - (tried?.conflicts ?? 0),
        conflict: tried?.conflicts ?? 0,
        recorded: tried?.fresh ?? 0,
        duplicate: tried?.known ?? 0,
        joined: tried?.joined ?? 0,
        errorsKept,
      },
      ...seenIn(row, calls),
    });
    return { partsTaken: row.partsTaken + 1 };
  });
}

const ownGatewayHere = (): OwnGateway => ownGateway(gatewaySettings().port, intakeSettings().gatewayNames);

export const noImport = (): Refusal => new Refusal("not_found", "There is no such import.");

function shapeOf(row: ImportRow): FileShape {
  const { tenantId, format, mapping } = row;
  return { tenantId, format: format as FileShape["format"], csv: (mapping as CsvShape | null) ?? null };
}

const hostsMax = 50;

/**
 * Hosts and span of time of what has been read so far. trust: names come from the file; more than 50 are one, and so is what
 * no database keeps.
 */
function seenIn(row: ImportRow, calls: readonly PartRecord[]) {
  const hosts = new Map(Object.entries(row.hosts as Record<string, number>));
  let earliest = row.earliest;
  let latest = row.latest;
  for (const { report } of calls) {
    const named = report.host?.toLowerCase().slice(0, 253) ?? "";
    const isKept = !/[\p{Cc}\p{Cs}]/u.test(named) && (hosts.has(named) || hosts.size < hostsMax);
    const host = isKept ? named : "other";
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
    const at = new Date(report.startedAt);
    if (earliest === null || at < earliest) earliest = at;
    if (latest === null || at > latest) latest = at;
  }
  return { hosts: Object.fromEntries(hosts), earliest, latest };
}
