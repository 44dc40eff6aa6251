import type { ResourceRetention } from "../../contracts/resources.ts";
import { stepMs } from "../../contracts/time-step.ts";
import type { ObjectKind } from "../../core/calls/provider-object.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { findEndpoint } from "../../core/regions/eligibility.ts";
import type { PastDay } from "../../db/resource.ts";

const endpointOf: Readonly<Partial<Record<ObjectKind, string>>> = {
  file: "/v1/files",
  batch: "/v1/batches",
  fine_tuning_job: "/v1/fine_tuning/jobs",
  vector_store: "/v1/vector_stores",
  response: "/v1/responses",
  chat_completion: "/v1/chat/completions",
  conversation: "/v1/conversations",
  assistant: "/v1/assistants",
  thread: "/v1/threads",
};

/** The endpoint whose rows speak of objects of a kind; null: the catalog has none. */
export function endpointOfKind(kind: string): string | null {
  return Object.hasOwn(endpointOf, kind) ? (endpointOf[kind as ObjectKind] ?? null) : null;
}

/** How long the provider says it keeps objects of this kind; null where the catalog does not say. */
export function retentionOf(kind: string, catalog: Catalog): ResourceRetention | null {
  const row = findEndpoint(endpointOfKind(kind), catalog);
  if (!row || row.storesState === "unknown" || row.storesState === "no") return null;
  return { days: row.stateRetentionDays, note: row.note, catalogVersion: catalog.version };
}

/** Kinds whose objects the provider says it keeps for so many days, and when one was made whose day has just passed. */
export function daysPassed(catalog: Catalog, now: Date): PastDay[] {
  return Object.keys(endpointOf).flatMap((kind) => {
    const days = retentionOf(kind, catalog)?.days ?? null;
    return days === null ? [] : [{ kind, madeBefore: new Date(now.getTime() - days * stepMs("day")) }];
  });
}
