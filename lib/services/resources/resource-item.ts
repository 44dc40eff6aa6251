import type { ResourceAsked, ResourceItem } from "../../contracts/resources.ts";
import type { Grade } from "../../core/calls/evidence.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { type AskProblem, askFailuresMax, isAsked, isUnsettled } from "../../core/resources/upkeep.ts";
import type { ResourceRow } from "../../db/resource.ts";
import type { Places } from "./places.ts";
import { retentionOf } from "./retention-of.ts";
import { shutdownOf } from "./shutdown-of.ts";

export type ItemContext = {
  /** By the tenant's id. */
  readonly slugs: ReadonlyMap<string, string>;
  /** Names by id. */
  readonly applications: ReadonlyMap<string, { readonly name: string }>;
  readonly catalog: Catalog;
  readonly places: Places;
};

/** An object as pages show it. */
export function resourceItem(
  row: ResourceRow,
  { slugs, applications, catalog, places }: ItemContext,
): ResourceItem {
  const { kind, status, bornHost, deletedAt, askedAt, askWantedAt } = row;
  return {
    tenant: slugs.get(row.tenantId) ?? "",
    kind,
    id: row.objectId,
    birth: birthOf(row),
    madeBy: row.madeBy,
    bytes: row.bytes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    uses: Number(row.uses),
    deletedAt: deletedAt?.toISOString() ?? null,
    retention: retentionOf(kind, catalog),
    shutdown: shutdownOf(kind, row.objectId, catalog),
    application: (row.applicationId && applications.get(row.applicationId)?.name) || null,
    status,
    statusAt: row.statusAt?.toISOString() ?? null,
    isUnsettled: deletedAt === null && isUnsettled(kind, status),
    isElsewhere: bornHost === null ? null : places.isElsewhere(row.tenantId, bornHost),
    asked: askedOf(row),
    isWanted: deletedAt === null && askWantedAt !== null && (askedAt === null || askWantedAt > askedAt),
    canAsk: deletedAt === null && bornHost !== null && isAsked(kind),
    simulated: row.simulated,
  };
}

function askedOf({
  askedAt,
  askedCall,
  askProblem,
  askFailures,
  askAfter,
}: ResourceRow): ResourceAsked | null {
  if (askedAt === null) return null;
  return {
    at: askedAt.toISOString(),
    callId: askedCall,
    // A check of the table and the worker's own type hold the word.
    problem: askProblem as AskProblem | null,
    failures: askFailures,
    nextAt: askFailures >= askFailuresMax ? null : (askAfter?.toISOString() ?? null),
  };
}

/** A check of the table holds these five together. */
function birthOf({ bornIn, bornHost, bornGrade, bornAt, bornCall }: ResourceRow): ResourceItem["birth"] {
  if (bornIn === null || bornHost === null || bornGrade === null || bornAt === null || bornCall === null)
    return null;
  return {
    region: bornIn,
    host: bornHost,
    grade: bornGrade as Grade,
    at: bornAt.toISOString(),
    callId: bornCall,
  };
}
