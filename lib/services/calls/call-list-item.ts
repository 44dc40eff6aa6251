import type { CallListItem } from "../../contracts/calls.ts";
import type { CallEnd, CallSource } from "../../core/calls/call-facts.ts";
import type { Band, Basis, Reason, Verdict } from "../../core/verdicts/verdict.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { CallListRow } from "../../db/call-list.ts";

/** Names for the ids of a row. */
export type CallNames = {
  readonly slugs: ReadonlyMap<string, string>;
  readonly applications: ReadonlyMap<string, DeclaredApplication>;
};

/** A row as pages show it. The words were checked by the table's constraints when they were written. */
export function callListItem(row: CallListRow, { slugs, applications }: CallNames): CallListItem {
  const application = applications.get(row.applicationId);
  return {
    id: row.id,
    tenant: slugs.get(row.tenantId) ?? "",
    startedAt: row.startedAt.toISOString(),
    durationMs: row.endedAt === null ? null : row.endedAt.getTime() - row.startedAt.getTime(),
    application: application?.name ?? "",
    environment: environmentOf(application),
    dataCategory: application?.dataCategory ?? "unknown",
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
    retrospective: row.retrospective,
    simulated: row.simulated,
  };
}

function environmentOf(application: DeclaredApplication | undefined): CallListItem["environment"] {
  return application?.environment === "test" ? "test" : "production";
}
