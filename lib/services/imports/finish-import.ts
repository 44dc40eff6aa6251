import { changeImport, countParts, findImport, lockImport, workOnImport } from "../../db/import.ts";
import { sqlOf } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { endWhole } from "./end-import.ts";
import { noImport } from "./take-import-part.ts";

/** Says that the whole file has come. Where nothing waits to be recorded, the import is done. */
export async function finishImport(
  actor: Actor,
  id: string,
  input: { readonly tenant: string },
  now = new Date(),
): Promise<void> {
  const tenant = await tenantFor(actor, "call:import", input.tenant);
  const waiting = await workOnImport(tenant.tenantId, async (tx) => {
    await lockImport(sqlOf(tx), tenant.tenantId, id);
    const row = await findImport(tx, tenant.tenantId, id);
    if (!row) throw noImport();
    if (row.state === "cancelled") throw new Refusal("conflict", "This import was cancelled.");
    if (row.state === "receiving")
      await changeImport(tx, tenant.tenantId, id, { state: "running", touchedAt: now });
    return row.state === "done" ? 1 : await countParts(tx, tenant.tenantId, id);
  });
  // Where it has ended meanwhile, the second look says how.
  if (waiting === 0 && !(await endWhole({ kind: "system", job: "import" }, tenant.tenantId, id)))
    await finishImport(actor, id, input, now);
}
