import type { RecordResult } from "../../contracts/intake.ts";
import { sourceOfFormat } from "../../core/intake/record-of-report.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { findGatewayCall, insertCorroborations } from "../../db/corroboration.ts";
import { findIntakeKeys, takeIntakeKeys } from "../../db/intake-key.ts";
import { lockRecording } from "../../db/recording-head.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { startOfCall } from "../calls/start-of-call.ts";
import type { ReportClaim } from "./claim-reports.ts";
import { knownResult } from "./known-result.ts";
import type { Reporter } from "./reporter.ts";

type Joined = ReportClaim & { readonly index: number; readonly report: ReportedCall };

/**
 * Reports that name our own gateway: its call is the record, and is not counted twice. A report that comes before the
 * gateway has recorded the call waits for it; the worker joins it then (`joinReports`).
 */
export async function corroborate(
  { tenantId, applicationId }: Reporter,
  joined: readonly Joined[],
  receivedAt: Date,
): Promise<RecordResult[]> {
  return withTenantSql(tenantScope(tenantId), async (sql) => {
    await lockRecording(sql, tenantId);
    const ids = joined.map(({ clientId }) => clientId);
    const known = new Map((await findIntakeKeys(sql, tenantId, ids)).map((row) => [row.clientId, row]));
    const fresh = joined.filter(({ clientId }) => !known.has(clientId));
    const keys = fresh.map(({ clientId, digest }) => ({ clientId, digest, callId: null }));
    if (keys.length > 0) await takeIntakeKeys(sql, tenantId, keys);
    const results: RecordResult[] = [];
    for (const { index, clientId, digest, report } of joined) {
      const before = known.get(clientId);
      if (before) {
        const same = digest.equals(before.digest);
        results.push(knownResult(index, clientId, { callId: before.callId, same }));
        continue;
      }
      const { startedAt, gatewayCallId, providerObjectId, traceId, host, status } = report;
      const marks = { startedAt, gatewayCallId, providerObjectId, traceId };
      const began = gatewayCallId === null ? null : startOfCall(gatewayCallId);
      const callId = await findGatewayCall(sql, tenantId, marks, began);
      const source = sourceOfFormat[report.format];
      await insertCorroborations(sql, tenantId, receivedAt, [
        { ...marks, clientId, source, applicationId, host, status, callId },
      ]);
      results.push({ index, clientId, outcome: "joined", callId });
    }
    return results;
  });
}
