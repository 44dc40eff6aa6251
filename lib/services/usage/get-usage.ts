import type { Usage, UsageFigures, UsageRow, UsageSearch } from "../../contracts/usage.ts";
import type { Band } from "../../core/verdicts/verdict.ts";
import { applicationsById } from "../../db/application.ts";
import { firstHour } from "../../db/rollup-read.ts";
import { type UsageSums, usageSums } from "../../db/rollup-usage.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { comparedSpans, startsOfSteps, windowOf } from "../window.ts";

const rowsShown = 200;

/** What went where: calls, tokens and bytes by one dimension, with the bands and the period before. */
export async function getUsage(actor: Actor, search: UsageSearch, now: Date = new Date()): Promise<Usage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const { step, span, before } = comparedSpans(search, now);
  return readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const named = search.application.length === 0 ? null : search.application;
    const ids = named && [...applications].filter(([, { name }]) => named.includes(name)).map(([id]) => id);
    const nameOf = (key: string): string => {
      if (search.by === "application") return applications.get(key)?.name ?? key;
      return search.by === "tenant" ? (slugs.get(key) ?? key) : key;
    };
    const sums = await usageSums(sql, step, search.by, tenantIds, span, ids);
    const earlier = await usageSums(sql, step, search.by, tenantIds, before, ids);
    const earlierCalls = callsByName(earlier, nameOf);
    const starts = startsOfSteps(span, step);
    const rows = [...Map.groupBy(sums, ({ key }) => nameOf(key))]
      .map(([key, of]) => usageRow(key, of, earlierCalls.get(key) ?? 0, starts))
      .sort((a, b) => b.calls - a.calls || (a.key < b.key ? -1 : 1));
    return {
      window: windowOf(span, await firstHour(sql, tenantIds)),
      previous: {
        from: before.from.toISOString(),
        to: before.to.toISOString(),
        calls: earlier.reduce((sum, { calls }) => sum + calls, 0),
      },
      step,
      by: search.by,
      rows: rows.slice(0, rowsShown),
      rowsLeftOff: Math.max(0, rows.length - rowsShown),
      total: figuresOf(sums),
      applications: [...new Set([...applications.values()].map(({ name }) => name))].sort(),
    };
  });
}

function callsByName(
  sums: readonly UsageSums[],
  nameOf: (key: string) => string,
): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const each of sums) calls.set(nameOf(each.key), (calls.get(nameOf(each.key)) ?? 0) + each.calls);
  return calls;
}

function usageRow(
  key: string,
  sums: readonly UsageSums[],
  previousCalls: number,
  starts: readonly number[],
): UsageRow {
  const bands: Record<Band, number> = {
    in_region: 0,
    permitted: 0,
    unverifiable: 0,
    outside: 0,
    stopped: 0,
  };
  const calls = new Map<number, number>();
  for (const each of sums) {
    if (each.band in bands) bands[each.band as Band] += each.calls;
    const at = each.at.getTime();
    calls.set(at, (calls.get(at) ?? 0) + each.calls);
  }
  const points = starts.map((at) => calls.get(at) ?? 0);
  return { key, ...figuresOf(sums), bands, previousCalls, points };
}

function figuresOf(sums: readonly UsageSums[]): UsageFigures {
  const total = {
    calls: 0,
    errors: 0,
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    requestBytes: 0,
    responseBytes: 0,
  };
  for (const each of sums)
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += each[name];
  return total;
}
