import type { CallRecord } from "../../core/calls/call-record.ts";
import type { ObjectKind } from "../../core/calls/provider-object.ts";
import { linesOfMade } from "../../core/resources/lines-of-made.ts";
import type { ResourceEvent } from "../../core/resources/resource-events.ts";
import { addResourceNews, type ResourceNews } from "../../db/resource.ts";
import { addSources, type SourceRow } from "../../db/resource-source.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { JudgedCall } from "../calls/judge-records.ts";
import type { KnownBirth } from "./births.ts";

/** Keeps what calls told of stored objects: births, sizes, uses and ends. Runs under the tenant's lock. */
export async function recordResources(
  sql: SqlTransaction,
  tenantId: string,
  calls: readonly JudgedCall[],
): Promise<void> {
  const news = new Map<string, ResourceNews>();
  for (const call of calls)
    for (const { event, birth } of call.resources) {
      const key = JSON.stringify([event.kind, event.id]);
      const said = newsOf(call.record, event, birth);
      const before = news.get(key);
      news.set(key, before ? joined(before, said) : said);
    }
  await addResourceNews(sql, tenantId, [...news.values()]);
  await addSources(sql, tenantId, calls.flatMap(sourcesIn));
}

function newsOf(record: CallRecord, event: ResourceEvent, birth: KnownBirth | null): ResourceNews {
  const { startedAt } = record;
  const named = event.event === "used" || event.event === "deleted" ? null : event;
  // Domicile's own look at an object is nobody's use of it.
  const isUse = event.event === "used" && record.source !== "upkeep";
  return {
    kind: event.kind,
    objectId: event.id,
    bornIn: birth?.region ?? null,
    bornHost: birth?.host ?? null,
    bornGrade: birth?.grade ?? null,
    bornAt: birth ? startedAt : null,
    bornCall: birth ? record.id : null,
    madeBy: event.event === "born_of" ? event.madeBy.id : null,
    bytes: named?.bytes ?? null,
    expiresAt: named?.expiresAt == null ? null : instantOf(named.expiresAt),
    firstSeenAt: startedAt,
    lastUsedAt: isUse ? startedAt : null,
    uses: isUse ? 1 : 0,
    deletedAt: event.event === "deleted" ? startedAt : null,
    simulated: record.facts.simulated,
    applicationId: birth ? record.applicationId : null,
    ...stateIn(record, event),
    batchLines: event.event === "born" ? linesOf(record, event.kind) : null,
  };
}

/** Kinds that are made from other objects, which a page shows. */
const madeFrom: ReadonlySet<string> = new Set(["batch", "fine_tuning_job", "vector_store", "assistant"]);

/** What a call made, each with what the same call named: the file of a batch, the files of a job. */
function sourcesIn({ record, resources }: JudgedCall): SourceRow[] {
  const used = record.facts.objectsUsed ?? [];
  if (used.length === 0) return [];
  return resources.flatMap(({ event: { event, kind, id } }) =>
    event === "born" && madeFrom.has(kind)
      ? used.map((source) => ({ kind, objectId: id, sourceKind: source.kind, sourceId: source.id }))
      : [],
  );
}

/** The state that the answer gives an object it names. */
function stateIn(
  { objectStates = [], startedAt, endedAt }: CallRecord,
  { kind, id }: ResourceEvent,
): Pick<ResourceNews, "status" | "statusAt"> {
  const said = objectStates.find((state) => state.kind === kind && state.id === id);
  return { status: said?.status ?? null, statusAt: said ? (endedAt ?? startedAt) : null };
}

/** What was read of a batch's file while it was sent, as JSON text. */
function linesOf(record: CallRecord, kind: ObjectKind): string | null {
  const lines = linesOfMade(kind, record);
  return lines === null ? null : JSON.stringify(lines);
}

/** trust: the provider's number; one that is no moment PostgreSQL can hold is as good as none. */
function instantOf(seconds: number): string | null {
  return seconds >= 0 && seconds < 32_503_680_000 ? new Date(seconds * 1_000).toISOString() : null;
}

/** Two pieces of news of one object in one batch, in their order. */
function joined(a: ResourceNews, b: ResourceNews): ResourceNews {
  const born = a.bornIn === null ? b : a;
  return {
    ...b,
    bornIn: born.bornIn,
    bornHost: born.bornHost,
    bornGrade: born.bornGrade,
    bornAt: born.bornAt,
    bornCall: born.bornCall,
    madeBy: a.madeBy ?? b.madeBy,
    bytes: b.bytes ?? a.bytes,
    expiresAt: b.expiresAt ?? a.expiresAt,
    firstSeenAt: a.firstSeenAt < b.firstSeenAt ? a.firstSeenAt : b.firstSeenAt,
    lastUsedAt: latest(a.lastUsedAt, b.lastUsedAt),
    uses: a.uses + b.uses,
    deletedAt: a.deletedAt ?? b.deletedAt,
    applicationId: born.applicationId,
    status: b.status ?? a.status,
    statusAt: b.statusAt ?? a.statusAt,
    batchLines: a.batchLines ?? b.batchLines,
  };
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
