import type { RecordResult } from "../../contracts/intake.ts";
import { sourceOfFormat } from "../../core/intake/record-of-report.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { type CorroborationRow, insertCorroborations } from "../../db/corroboration.ts";
import { findGatewayCalls } from "../../db/gateway-call.ts";
import { findIntakeKeys, takeIntakeKeys } from "../../db/intake-key.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { Alongside } from "./alongside.ts";
import type { KnownReport, ReportClaim } from "./claim-reports.ts";
import { knownResult } from "./known-result.ts";
import { asKeyed } from "./report-digest.ts";
import type { Reporter } from "./reporter.ts";
import { soughtCall } from "./sought-call.ts";

type Joined = ReportClaim & { readonly index: number; readonly report: ReportedCall };

export type Corroborated = {
  readonly result: RecordResult;
  /** What was kept under its id before; null where this very report is kept now. */
  readonly known: KnownReport | null;
};

/**
 * Reports that name our own gateway: its call is the record, and is not counted twice. A report that comes before the
 * gateway has recorded the call waits for it; the worker joins it then (`joinReports`).
 */
export async function corroborate(
  { tenantId, applicationId }: Reporter,
  joined: readonly Joined[],
  { receivedAt, alongside }: { readonly receivedAt: Date; readonly alongside?: Alongside | undefined },
): Promise<Corroborated[]> {
  const sought = joined.map(({ clientId, report }) => soughtCall({ ...report, clientId }));
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    // Before the lock, which nothing that records may wait for any longer. A call that is recorded meanwhile is found later.
    const calls = await findGatewayCalls(sql, tenantId, sought);
    await lockRecording(sql, tenantId);
    await alongside?.before(
      sql,
      joined.map(({ index }) => index),
    );
    const ids = joined.map(({ clientId }) => clientId);
    const known = new Map(
      (await findIntakeKeys(sql, tenantId, ids)).map((row) => [
        row.clientId,
        { ...row, digest: asKeyed(tenantId, row.digest) },
      ]),
    );
    const fresh = joined.filter(({ clientId }) => !known.has(clientId));
    const keys = fresh.map(({ clientId, digest }) => ({ clientId, digest, callId: null }));
    if (keys.length > 0) await takeIntakeKeys(sql, tenantId, keys);
    if (keys.length > 0)
      await alongside?.taken(
        sql,
        "joined",
        fresh.map(({ index }) => index),
      );
    const rows = fresh.map(({ clientId, report }): CorroborationRow => {
      const { startedAt, gatewayCallId, providerObjectId, traceId, host, status } = report;
      const marks = { startedAt, gatewayCallId, providerObjectId, traceId };
      const source = sourceOfFormat[report.format];
      return { ...marks, clientId, source, applicationId, host, status, callId: calls.get(clientId) ?? null };
    });
    await insertCorroborations(sql, tenantId, receivedAt, rows);
    return joined.map(({ index, clientId, digest }): Corroborated => {
      const before = known.get(clientId);
      if (before) return { result: knownResult(index, { clientId, digest }, before), known: before };
      const callId = calls.get(clientId) ?? null;
      return { result: { index, clientId, outcome: "joined", callId }, known: null };
    });
  });
}
