import type { Usage, UsageSearch } from "../../contracts/usage.ts";
import { applicationsById } from "../../db/application.ts";
import { callsDeletedBefore } from "../../db/call-month.ts";
import { modelPrices } from "../../db/model-price.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { readUsage, type UsageFilter } from "../../db/rollup-usage.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { applicationIdsNamed, applicationNames } from "../applications/named-applications.ts";
import {
  comparedSpans,
  isComparable,
  type Span,
  startsBefore,
  startsOfSteps,
  textOf,
  windowOf,
} from "../window.ts";
import { catalogsInForce } from "./catalogs-in-force.ts";
import { priceChanges, pricer } from "./price-sums.ts";
import { type UsageToTell, usageCompared, usagePoints, usageRows, usageTotal } from "./usage-figures.ts";

const rowsShown = 200;

/**
 * What went where and what it cost: calls, tokens, bytes and cost by one dimension, with the bands and the period before.
 * `rowsMax`: so many are told, the others are left off; the total holds them all.
 */
export async function getUsage(
  actor: Actor,
  search: UsageSearch,
  now: Date = new Date(),
  { rowsMax = rowsShown }: { readonly rowsMax?: number } = {},
): Promise<Usage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const spans = comparedSpans(search, now);
  const { step, asked, span, whole, before } = spans;
  const both = { from: before.from, to: span.to };
  const [applicationIds, prices, catalogs] = await Promise.all([
    applicationIdsNamed(tenantIds, search.application),
    modelPrices(),
    catalogsInForce(both),
  ]);
  const changes = priceChanges(prices, catalogs, both);
  const filter = filterOf(search, applicationIds);
  const read = (sql: SqlTransaction, of: Span) =>
    readUsage(sql, { step, by: search.by, tenantIds, span: of, filter, wholeTo: whole.to, changes });
  // Each period takes a look at every row of its own: both are under way at once, and no call is of both.
  const [told, usageBefore] = await Promise.all([
    readTenantsSql(tenantIds, async (sql) => ({
      usage: await read(sql, span),
      applications: await applicationsById(sql, tenantIds),
      first: await firstHour(sql, tenantIds),
      deletedBefore: await callsDeletedBefore(sql, tenantIds),
    })),
    readTenantsSql(tenantIds, (sql) => read(sql, before)),
  ]);
  const { applications } = told;
  const usage: UsageToTell = {
    now: told.usage,
    before: usageBefore,
    price: pricer({ prices, catalogs, span: both, changes }),
    nameOf: (key) => {
      if (search.by === "application") return applications.get(key)?.name ?? key;
      return search.by === "tenant" ? (slugs.get(key) ?? key) : key;
    },
  };
  const starts = startsOfSteps(span, step);
  const rows = usageRows(usage, starts);
  const compared = usageCompared(usage);
  const comparable = isComparable(spans, told.first);
  const line = startsBefore(spans);
  return {
    window: windowOf(span, told.first, told.deletedBefore, asked),
    hasCalls: told.first !== null,
    compared: { ...textOf(whole), ...compared.whole },
    previous: { ...textOf(before), ...compared.before },
    comparable,
    lineMs: line.shiftMs,
    step,
    by: search.by,
    rows: rows.slice(0, rowsMax),
    rowsLeftOff: Math.max(0, rows.length - rowsMax),
    total: usageTotal(usage),
    points: usagePoints(usage, starts, comparable ? line.starts : []),
    applications: applicationNames(applications),
  };
}

function filterOf(search: UsageSearch, applicationIds: readonly string[] | null): UsageFilter {
  const any = (names: readonly string[]) => (names.length === 0 ? null : names);
  return {
    applicationIds,
    regions: any(search.region),
    models: any(search.model),
    operations: any(search.operation),
  };
}
