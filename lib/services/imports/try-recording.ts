import { checkReport } from "../../core/intake/check-report.ts";
import { type OwnGateway, speaksOfGateway } from "../../core/intake/own-gateway.ts";
import { findTried, insertTried, type TriedId } from "../../db/import.ts";
import { findIntakeKeys } from "../../db/intake-key.ts";
import { type PrismaTransaction, sqlOf } from "../../db/with-tenant.ts";
import { idConflict } from "../intake/known-result.ts";
import { asKeyed, reportDigest } from "../intake/report-digest.ts";
import type { PartRecord } from "./part-seal.ts";
import type { RecordProblem } from "./read-records.ts";

export type TriedRecording = {
  readonly problems: readonly RecordProblem[];
  readonly fresh: number;
  readonly known: number;
  /** They speak of calls of our own gateway: kept beside those, and counted nowhere. */
  readonly joined: number;
  /** Among the problems: known with other content. */
  readonly conflicts: number;
};

/**
 * What recording the records of one piece would do, as far as it can be said without: whether they are taken, joined to
 * the gateway's calls, known already, or known with other content, there or in a line before, also of an earlier piece.
 */
export async function tryRecording(
  tx: PrismaTransaction,
  { tenantId, importId }: { readonly tenantId: string; readonly importId: string },
  calls: readonly PartRecord[],
  { now, own }: { readonly now: Date; readonly own: OwnGateway },
): Promise<TriedRecording> {
  const ids = calls.map(({ report }) => report.clientId);
  const taken = new Map<string, Uint8Array>();
  for (const { clientId, digest } of await findTried(tx, tenantId, importId, ids))
    taken.set(clientId, asKeyed(tenantId, digest));
  // Of a row without an id also what was recorded before such ids were keyed, and nobody has keyed since.
  const laterIds = new Map(
    calls.flatMap(({ formerId, report }) => (formerId ? [[formerId, report.clientId] as const] : [])),
  );
  const wanted = [...ids, ...laterIds.keys()];
  for (const { clientId, digest } of await findIntakeKeys(sqlOf(tx), tenantId, wanted))
    taken.set(laterIds.get(clientId) ?? clientId, asKeyed(tenantId, digest));
  const tried: TriedId[] = [];
  const problems: RecordProblem[] = [];
  let fresh = 0;
  let known = 0;
  let joined = 0;
  let conflicts = 0;
  for (const { record, line, report } of calls) {
    const { clientId, startedAt, endedAt } = report;
    const problem = checkReport(
      report,
      { startedAt: Date.parse(startedAt), endedAt: endedAt === null ? null : Date.parse(endedAt) },
      now.getTime(),
    );
    const { digest, storable } = reportDigest(tenantId, report);
    if (problem || !storable) {
      const message = problem ? `${problem.field}: ${problem.message}` : "It holds a control character.";
      problems.push({ record, line, clientId, code: problem?.code ?? "record_invalid", message });
      continue;
    }
    const before = taken.get(clientId);
    if (before === undefined) {
      taken.set(clientId, digest);
      tried.push({ clientId, digest: new Uint8Array(digest) });
      if (speaksOfGateway(report, own)) joined++;
      else fresh++;
    } else if (digest.equals(before)) known++;
    else {
      conflicts++;
      const { code, field, message } = idConflict;
      problems.push({ record, line, clientId, code, message: `${field}: ${message}` });
    }
  }
  await insertTried(tx, tenantId, importId, tried);
  return { problems, fresh, known, joined, conflicts };
}
