import type { BatchLineGroup } from "../../core/calls/batch-lines.ts";
import type { ObjectRef, UsedObject } from "../../core/calls/provider-object.ts";
import type { KnownObject } from "../../services/resources/find-known-objects.ts";

/** What is known of the objects that a request names, before it leaves. */
export type ObjectsOfCall = {
  readonly objectsUsed: readonly UsedObject[];
  /** Of the file that a batch is made from; absent: it is not known. */
  readonly batchLines?: readonly BatchLineGroup[];
  /** False where the upload that is named was begun for something else than a batch; absent: none is named, or known. */
  readonly mayBeBatch?: boolean;
};

export type KnownObjects = {
  /** Never throws: what cannot be asked for is not known. */
  look(tenantId: string, objects: readonly ObjectRef[]): Promise<ObjectsOfCall>;
  /**
   * A call may have made objects, and its answer is not read yet: who looks for the tenant from now on waits until the function that is returned
   * was told what it made, so that the next call may use it before the record says so.
   */
  expect(tenantId: string): (made: readonly KnownObject[]) => void;
};

export type KnownObjectsOptions = {
  readonly find: (tenantId: string, objects: readonly ObjectRef[]) => Promise<readonly KnownObject[]>;
  readonly onFailure: (error: unknown) => void;
  /** Somebody waits for what is expected. */
  readonly hurry: () => void;
  readonly heldMax: number;
};

/**
 * Births and lines of stored objects, kept for a while: neither ever changes once it is known. What is not known is
 * asked for each time.
 */
export function createKnownObjects({ find, onFailure, hurry, heldMax }: KnownObjectsOptions): KnownObjects {
  const held = new Map<string, KnownObject>();
  /** By tenant; one of whom nothing is expected is not in it. */
  const expected = new Map<string, Set<Promise<void>>>();
  const keep = (tenantId: string, object: KnownObject): void => {
    const key = keyOf(tenantId, object);
    // The first birth stays, here as in the record.
    if (!held.has(key)) held.set(key, object);
    const [oldest] = held.keys();
    if (held.size > heldMax && oldest !== undefined) held.delete(oldest);
  };
  return {
    async look(tenantId, objects) {
      const coming = expected.get(tenantId);
      if (coming) {
        hurry();
        await Promise.all(coming);
      }
      const unknown = objects.filter((object) => !held.has(keyOf(tenantId, object)));
      if (unknown.length > 0)
        try {
          for (const object of await find(tenantId, unknown)) keep(tenantId, object);
        } catch (error) {
          onFailure(error);
        }
      const known = objects.map((object) => held.get(keyOf(tenantId, object)));
      const lines = known.find((object) => object?.kind === "file" && object.batchLines !== null)?.batchLines;
      const upload = known.find((object) => object?.kind === "upload");
      return {
        objectsUsed: objects.map(({ kind, id }, i) => ({ kind, id, birth: known[i]?.birth ?? null })),
        ...(lines ? { batchLines: lines } : {}),
        ...(upload ? { mayBeBatch: upload.batchLines !== null } : {}),
      };
    },
    expect(tenantId) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const coming = expected.get(tenantId) ?? new Set();
      if (coming.size === 0) expected.set(tenantId, coming);
      coming.add(promise);
      return (made) => {
        for (const object of made) keep(tenantId, object);
        if (coming.delete(promise) && coming.size === 0) expected.delete(tenantId);
        resolve();
      };
    },
  };
}

function keyOf(tenantId: string, { kind, id }: ObjectRef): string {
  return `${tenantId} ${kind} ${id}`;
}
