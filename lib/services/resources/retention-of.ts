import type { ResourceRetention } from "../../contracts/resources.ts";
import type { ObjectKind } from "../../core/calls/provider-object.ts";
import type { Catalog } from "../../core/regions/catalog.ts";

/** The endpoint whose retention holds for objects of a kind; absent: the catalog has no row that speaks of it. */
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

/** How long the provider says it keeps objects of this kind; null where the catalog does not say. */
export function retentionOf(kind: string, catalog: Catalog): ResourceRetention | null {
  const path = endpointOf[kind as ObjectKind];
  const row = path === undefined ? undefined : catalog.endpoints.find((endpoint) => endpoint.path === path);
  if (!row || row.storesState === "unknown" || row.storesState === "no") return null;
  return { days: row.stateRetentionDays, note: row.note, catalogVersion: catalog.version };
}
