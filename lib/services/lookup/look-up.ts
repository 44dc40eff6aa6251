import { dayWords, instantWords } from "../../contracts/instant-words.ts";
import type { LookupItem, LookupSearch } from "../../contracts/lookup.ts";
import { mayInTenant, type Permission } from "../../core/access/role.ts";
import { exceptionName } from "../../core/findings/exception.ts";
import { findingName } from "../../core/findings/finding-name.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { type Reference, readReference } from "../../core/words/read-reference.ts";
import {
  callsOfId,
  type FoundCall,
  type FoundCase,
  type FoundReport,
  findingsOfException,
  findingsOfId,
  findingsOfNumber,
  reportsOfId,
} from "../../db/lookup.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { startOfCall } from "../calls/start-of-call.ts";

/** How far around a call its list reaches, so that it is seen among its neighbours. */
const aroundMs = 30 * 60_000;

/**
 * What a number or an id names in the tenants of the actor's in which he may see such a thing; nothing where it names nothing there. No more
 * than its title is shown, so that it was found is not noted.
 */
export async function lookUp(
  actor: Actor,
  { q }: LookupSearch,
  now = new Date(),
): Promise<readonly LookupItem[]> {
  const reference = readReference(q);
  if (reference === null) return [];
  const tenants = await tenantsFor(actor, "tenant:read", undefined);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const where = (permission: Permission) =>
    tenants.filter(({ role }) => mayInTenant(role, permission)).map(({ tenantId }) => tenantId);
  const slugOf = ({ tenantId }: { tenantId: string }) => slugs.get(tenantId) ?? "";
  const all = tenants.map(({ tenantId }) => tenantId);
  return readTenantsSql(all, async (sql) => {
    const cases = await casesOf(sql, where("finding:read"), reference);
    const items = cases.map((found) => caseItem(found, slugOf(found), reference));
    if (reference.kind !== "id") return items;
    const startedAt = startOfCall(reference.id);
    const calls = startedAt === null ? [] : await callsOfId(sql, where("call:read"), startedAt, reference.id);
    const reports = await reportsOfId(sql, where("report:read"), reference.id);
    return [
      ...items,
      ...calls.map((call) => callItem(call, slugOf(call), now)),
      ...reports.map((report) => reportItem(report, slugOf(report))),
    ];
  });
}

function casesOf(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  reference: Reference,
): Promise<FoundCase[]> {
  if (reference.kind === "id") return findingsOfId(sql, tenantIds, reference.id);
  return reference.kind === "finding"
    ? findingsOfNumber(sql, tenantIds, reference.no)
    : findingsOfException(sql, tenantIds, reference.no);
}

function caseItem(found: FoundCase, tenant: string, reference: Reference): LookupItem {
  const { id, no, host, model, application } = found;
  const title = `${findingName(no)}: ${findingTitle({ cause: found.cause as FindingCause, host, model, application })}`;
  const href = `/findings/${id}`;
  return reference.kind === "exception"
    ? { kind: "exception", id, tenant, title: `${exceptionName(reference.no)}, of ${title}`, href }
    : { kind: "finding", id, tenant, title, href };
}

function callItem({ id, startedAt, operation }: FoundCall, tenant: string, now: Date): LookupItem {
  const from = new Date(startedAt.getTime() - aroundMs).toISOString();
  const to = new Date(Math.min(startedAt.getTime() + aroundMs, now.getTime())).toISOString();
  const query = new URLSearchParams({ tenant, from, to, call: id });
  const title = `Call of ${instantWords(startedAt, "second")}, ${operation}`;
  return { kind: "call", id, tenant, title, href: `/calls?${query}` };
}

function reportItem({ id, periodFrom, periodTo }: FoundReport, tenant: string): LookupItem {
  const last = new Date(periodTo.getTime() - 1);
  const title = `Report of ${dayWords(periodFrom)} to ${dayWords(last)}`;
  return {
    kind: "report",
    id,
    tenant,
    title,
    href: `/reports?${new URLSearchParams({ tenant })}#report-${id}`,
  };
}
