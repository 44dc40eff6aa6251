import type { RegisterBook, RegisterItemSummary, RegisterVersionSummary } from "../../contracts/register.ts";
import type { RegisterItem } from "../../core/register/register.ts";
import { registerKindIds } from "../../core/register/register.ts";
import { registerItemTitle } from "../../core/register/register-kinds.ts";
import { registerNeeds } from "../../core/register/register-needs.ts";
import { reviewRegister } from "../../core/register/review-register.ts";
import { listRegisterVersions, type RegisterVersionRow } from "../../db/register-version.ts";
import { sqlOf, withTenant } from "../../db/with-tenant.ts";
import { tenantFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { newestPolicy } from "../policies/newest-policy.ts";
import { tenantHead } from "../tenants/tenant-head.ts";
import { registerItem } from "./register-item.ts";

/** A page holds so many versions; the register's own limit of items is below it. */
const versionsMax = 2_000;

/** A tenant's register: every item with its versions, and what is missing or due today. */
export async function getRegister(actor: Actor, tenant: string, now = new Date()): Promise<RegisterBook> {
  const found = await tenantFor(actor, "register:read", tenant);
  const { tenantId } = found;
  const head = await tenantHead(found);
  const [rows, policy] = await withTenant({ read: [tenantId], write: null }, async (tx) => [
    await listRegisterVersions(sqlOf(tx), tenantId, versionsMax),
    await newestPolicy(tx, tenantId),
  ]);
  const items = itemsOf(rows);
  const on = now.toISOString().slice(0, 10);
  const newest = items.map(({ id, versions: [version] }): RegisterItem => ({ id, ...version }));
  return {
    tenant: head,
    items,
    gaps: reviewRegister(newest, registerNeeds(policy), on),
    on,
  };
}

/** In the order of the kinds, then by name. */
function itemsOf(rows: readonly RegisterVersionRow[]): RegisterItemSummary[] {
  const byItem = Map.groupBy(rows, ({ itemId }) => itemId);
  const items = [...byItem].flatMap(([id, ofItem]): RegisterItemSummary[] => {
    const [first, ...rest] = ofItem.sort((a, b) => b.version - a.version).map(versionSummary);
    return first ? [{ id, kind: first.content.kind, versions: [first, ...rest] }] : [];
  });
  return items.sort(
    (a, b) =>
      registerKindIds.indexOf(a.kind) - registerKindIds.indexOf(b.kind) ||
      titleOf(a).localeCompare(titleOf(b), "en") ||
      (a.id < b.id ? -1 : 1),
  );
}

function titleOf({ kind, versions: [{ content }] }: RegisterItemSummary): string {
  return registerItemTitle(kind, content.fields);
}

function versionSummary(row: RegisterVersionRow): RegisterVersionSummary {
  const { version, content, sha256 } = registerItem(row);
  const { ledgerEpoch: epoch, ledgerIndex: index } = row;
  return {
    version,
    content,
    sha256,
    reason: row.reason,
    recordedAt: row.createdAt.toISOString(),
    recordedBy: row.createdBy,
    ledger: epoch === null || index === null ? null : { epoch, index },
  };
}
