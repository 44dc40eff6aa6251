import type { BatchLineGroup } from "../../core/calls/batch-lines.ts";
import type { Grade } from "../../core/calls/evidence.ts";
import type { ObjectBirth, ObjectRef } from "../../core/calls/provider-object.ts";
import { findBirths } from "../../db/resource.ts";
import { withTenantSql } from "../../db/with-tenant.ts";

/** An object whose birth is recorded. */
export type KnownObject = ObjectRef & {
  readonly birth: ObjectBirth;
  /** What the lines of a batch's file ask for, none of an upload for one; null: it is neither, or was not read whole. */
  readonly batchLines: readonly BatchLineGroup[] | null;
};

/** What the record knows of objects that a call names; those it does not know are left out. */
export async function findKnownObjects(
  tenantId: string,
  objects: readonly ObjectRef[],
): Promise<KnownObject[]> {
  const keys = objects.map(({ kind, id }) => ({ kind, objectId: id }));
  const rows = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    findBirths(sql, tenantId, keys),
  );
  return rows.map((row) => ({
    kind: row.kind as ObjectRef["kind"],
    id: row.objectId,
    birth: { region: row.bornIn, grade: row.bornGrade as Grade },
    batchLines: row.batchLines as readonly BatchLineGroup[] | null,
  }));
}
