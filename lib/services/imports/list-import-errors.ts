import { errorsAfter, findImport, type ImportErrorRow } from "../../db/import.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { noImport } from "./take-import-part.ts";

const page = 2_000;

/** Why records of a file were not recorded, a page at a time, in the order of the file. */
export async function* listImportErrors(
  actor: Actor,
  id: string,
  input: { readonly tenant: string },
): AsyncGenerator<readonly ImportErrorRow[]> {
  const tenant = await tenantFor(actor, "call:read", input.tenant);
  const scope = { read: [tenant.tenantId], write: null };
  if (!(await withTenant(scope, (tx) => findImport(tx, tenant.tenantId, id)))) throw noImport();
  for (let record = 0; ; ) {
    const rows = await withTenant(scope, (tx) => errorsAfter(tx, tenant.tenantId, id, record, page));
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    record = rows.at(-1)?.record ?? record;
  }
}
