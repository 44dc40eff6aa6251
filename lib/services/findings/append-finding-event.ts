import type { FindingCause } from "../../core/verdicts/verdict.ts";
import type { RecordedEvent } from "../../db/audit-event.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { appendJobEvent } from "../ledger/append-job-event.ts";

export type MachineStep = {
  readonly findingId: string;
  readonly cause: FindingCause;
  /** As in the case's own history, which stands beside it. */
  readonly kind: "opened" | "reopened" | "resolved" | "commented";
  /** The job that did it. */
  readonly job: string;
  /** What else there is to say; names nobody and holds no content. */
  readonly detail?: RecordedEvent["detail"];
};

/**
 * Says in the tenant's log what a job did with a case. For causes that no recorded call holds: those of calls anybody
 * recomputes from the calls' entries. The caller holds the log's lock.
 */
export async function appendFindingEvent(
  sql: SqlTransaction,
  tenantId: string,
  { findingId, cause, kind, job, detail = {} }: MachineStep,
  at: Date,
): Promise<void> {
  const event = { kind: `finding.${kind}`, subject: findingId, detail: { cause, ...detail } };
  await appendJobEvent(sql, tenantId, event, at, job);
}
