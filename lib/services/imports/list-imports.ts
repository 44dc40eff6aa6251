import type { ImportList, ImportSummary } from "../../contracts/imports.ts";
import { mayInTenant } from "../../core/access/role.ts";
import { applicationsById } from "../../db/application.ts";
import { countParts, findImport, type ImportRow, newestImports } from "../../db/import.ts";
import { type PrismaTransaction, sqlOf, withTenant } from "../../db/with-tenant.ts";
import { type TenantRef, tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { importSummary } from "./import-summary.ts";
import { noImport } from "./take-import-part.ts";

const newest = 50;

/** The newest imports of a tenant, and whether the actor may make one. */
export async function listImports(actor: Actor, input: { readonly tenant: string }): Promise<ImportList> {
  const tenant = await tenantFor(actor, "call:read", input.tenant);
  return withTenant({ read: [tenant.tenantId], write: null }, async (tx) => ({
    imports: await summaries(tx, tenant, await newestImports(tx, tenant.tenantId, newest)),
    mayImport: mayInTenant(tenant.role, "call:import"),
  }));
}

/** One import: how far it is and what became of its lines. */
export async function getImport(
  actor: Actor,
  id: string,
  input: { readonly tenant: string },
): Promise<ImportSummary> {
  const tenant = await tenantFor(actor, "call:read", input.tenant);
  return withTenant({ read: [tenant.tenantId], write: null }, async (tx) => {
    const row = await findImport(tx, tenant.tenantId, id);
    const [summary] = row ? await summaries(tx, tenant, [row]) : [];
    if (!summary) throw noImport();
    return summary;
  });
}

async function summaries(
  tx: PrismaTransaction,
  tenant: TenantRef,
  rows: readonly ImportRow[],
): Promise<ImportSummary[]> {
  const applications = await applicationsById(sqlOf(tx), [tenant.tenantId]);
  const made: ImportSummary[] = [];
  for (const row of rows) {
    const open = row.endedAt === null && !row.dryRun;
    const partsWaiting = open ? await countParts(tx, tenant.tenantId, row.id) : 0;
    const application = applications.get(row.applicationId)?.name ?? row.applicationId;
    made.push(importSummary(row, { tenant: tenant.slug, application, partsWaiting }));
  }
  return made;
}
