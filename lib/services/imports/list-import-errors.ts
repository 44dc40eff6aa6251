import { errorsAfter, findImport, type ImportErrorRow } from "../../db/import.ts";
import { withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { noImport } from "./take-import-part.ts";

const page = 2_000;

/** Why lines of a file were not recorded, a page at a time, in the order of the lines. */
export async function* listImportErrors(
  actor: Actor,
  id: string,
  input: { readonly tenant: string },
): AsyncGenerator<readonly ImportErrorRow[]> {
  const tenant = await tenantFor(actor, "call:read", input.tenant);
  const scope = { read: [tenant.tenantId], write: null };
  if (!(await withTenant(scope, (tx) => findImport(tx, tenant.tenantId, id)))) throw noImport();
  for (let line = 0; ; ) {
    const rows = await withTenant(scope, (tx) => errorsAfter(tx, tenant.tenantId, id, line, page));
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    line = rows.at(-1)?.line ?? line;
  }
}
