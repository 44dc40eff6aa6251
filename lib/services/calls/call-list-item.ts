import type { CallListItem } from "../../contracts/calls.ts";
import type { CallEnd, CallSource } from "../../core/calls/call-facts.ts";
import type { Band, Basis, Reason, Verdict } from "../../core/verdicts/verdict.ts";
import type { CallListRow } from "../../db/call-list.ts";

/** Names for the ids of a row. */
export type CallNames = {
  readonly slugs: ReadonlyMap<string, string>;
  readonly applications: ReadonlyMap<string, string>;
};

/** A row as pages show it. The words were checked by the table's constraints when they were written. */
export function callListItem(row: CallListRow, { slugs, applications }: CallNames): CallListItem {
  return {
    id: row.id,
    tenant: slugs.get(row.tenantId) ?? "",
    startedAt: row.startedAt.toISOString(),
    durationMs: row.endedAt === null ? null : row.endedAt.getTime() - row.startedAt.getTime(),
    application: applications.get(row.applicationId) ?? "",
    operation: row.operation,
    modelRequested: row.modelRequested,
    modelAnswered: row.modelAnswered,
    host: row.host,
    servedRegion: row.servedRegion,
    intendedRegion: row.intendedRegion,
    status: row.status,
    end: row.callEnd as CallEnd,
    verdict: row.verdict as Verdict,
    band: row.band as Band | null,
    reasons: row.reasons as Reason[],
    basis: row.basis as Basis,
    source: row.source as CallSource,
    simulated: row.simulated,
  };
}
