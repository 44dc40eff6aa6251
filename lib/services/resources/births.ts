import type { CallRecord } from "../../core/calls/call-record.ts";
import type { Grade } from "../../core/calls/evidence.ts";
import type { ObjectBirth, ObjectRef } from "../../core/calls/provider-object.ts";
import type { ResourceEvent } from "../../core/resources/resource-events.ts";
import { findBirths } from "../../db/resource.ts";
import { withTenantSql } from "../../db/with-tenant.ts";

/** A birth with the host that it is known by: where the call that made the object, or its maker, went. */
export type KnownBirth = ObjectBirth & { readonly host: string };

/** Where objects were born, as far as it is recorded, and as calls judged before in the same batch tell it. */
export type Births = {
  readonly of: (object: ObjectRef) => KnownBirth | null;
  /** `host`: the one that answered the call which tells of these. */
  readonly learn: (events: readonly ResourceEvent[], host: string) => void;
};

/** The births of the objects that these records name. Reads only where one names any. */
export async function readBirths(tenantId: string, records: readonly CallRecord[]): Promise<Births> {
  const asked = new Map<string, ObjectRef>();
  for (const { facts, objectsNamed = [] } of records) {
    const makers = objectsNamed.flatMap(({ madeBy }) => madeBy ?? []);
    for (const object of [...(facts.objectsUsed ?? []), ...makers]) asked.set(keyOf(object), object);
  }
  const known = new Map<string, KnownBirth>();
  if (asked.size > 0) {
    const keys = [...asked.values()].map(({ kind, id }) => ({ kind, objectId: id }));
    const rows = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
      findBirths(sql, tenantId, keys),
    );
    for (const { kind, objectId, bornIn, bornGrade, bornHost } of rows)
      known.set(JSON.stringify([kind, objectId]), {
        region: bornIn,
        grade: bornGrade as Grade,
        host: bornHost,
      });
  }
  const of = (object: ObjectRef) => known.get(keyOf(object)) ?? null;
  return {
    of,
    learn: (events, host) => {
      for (const event of events) {
        const birth = birthIn(event, host, of);
        // The first birth stays, here as in the store.
        if (birth !== null && of(event) === null) known.set(keyOf(event), birth);
      }
    },
  };
}

function birthIn(event: ResourceEvent, host: string, of: Births["of"]): KnownBirth | null {
  if (event.event === "born_of") return of(event.madeBy);
  return event.event === "born" && event.birth !== null ? { ...event.birth, host } : null;
}

function keyOf({ kind, id }: ObjectRef): string {
  return JSON.stringify([kind, id]);
}
