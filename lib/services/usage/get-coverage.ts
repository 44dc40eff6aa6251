import type {
  CoveragePoint,
  CoverageRow,
  CoverageTenant,
  CoverageTotal,
  DaySpan,
  UsageCoverage,
} from "../../contracts/coverage.ts";
import type { RangeSearch } from "../../contracts/range.ts";
import { dayMs } from "../../core/calendar.ts";
import { tenantsById } from "../../db/tenant.ts";
import { type ComparisonRow, comparisonsOfDays } from "../../db/usage-comparison.ts";
import {
  type AccountStanding,
  accountStandings,
  type KeysOfProject,
  keysByProject,
  type ReadProject,
  readProjects,
  usageFindings,
} from "../../db/usage-coverage.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import { readBackDays } from "../accounts/read-usage.ts";
import type { Actor } from "../actor.ts";
import { floorTo, lastDays, type Span, spanOf, startsOfSteps } from "../window.ts";

const daysMax = 400;
const rowsShown = 500;
/** Six kinds of some projects on each day. */
const rowsRead = 50_000;

/**
 * What OpenAI counted of the tenants' projects beside the record, day by day, and what of them is not compared. `rowsMax`: so many
 * rows are told, the others are left off; totals and points hold them all.
 */
export async function getCoverage(
  actor: Actor,
  search: RangeSearch,
  now: Date = new Date(),
  { rowsMax = rowsShown }: { readonly rowsMax?: number } = {},
): Promise<UsageCoverage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const span = daysOf(search, now);
  const window = { from: dayOf(span.from), to: dayOf(span.to) };
  const [modes, told] = await Promise.all([
    tenantsById(tenantIds),
    readTenantsSql(tenantIds, async (sql) => ({
      compared: await comparisonsOfDays(sql, tenantIds, window.from, window.to, rowsRead),
      accounts: await accountStandings(sql, tenantIds),
      projects: await readProjects(sql, tenantIds),
      keys: await keysByProject(sql, tenantIds),
      findings: await usageFindings(sql, tenantIds),
    })),
  ]);
  const { compared } = told;
  const nameOf = (tenantId: string, projectId: string) => `${tenantId} ${projectId}`;
  const names = new Map(told.projects.map((each) => [nameOf(each.tenantId, each.projectId), each.name]));
  const cases = new Map(told.findings.map((each) => [nameOf(each.tenantId, each.projectId), each.id]));
  const rows = compared
    .slice(0, rowsMax)
    .map(({ tenantId, comparedAt: _, settledAt, ...row }): CoverageRow => {
      const name = nameOf(tenantId, row.projectId);
      return {
        ...row,
        tenant: slugs.get(tenantId) ?? "",
        projectName: names.get(name) ?? null,
        settledAt: settledAt?.toISOString() ?? null,
        findingId: row.missing > 0 ? (cases.get(name) ?? null) : null,
      };
    });
  return {
    window,
    total: totalOf(compared),
    points: pointsOf(compared, span),
    rows,
    rowsLeftOff: compared.length - rows.length,
    tenants: modes.map(({ id, mode, slug }) => ({
      tenant: slug,
      simulated: mode === "simulated",
      ...standingOf(
        told.accounts.filter((each) => each.tenantId === id),
        told.projects.filter((each) => each.tenantId === id),
        told.keys.filter((each) => each.tenantId === id),
        { span, now, compared: compared.filter((each) => each.tenantId === id) },
      ),
    })),
  };
}

/** The whole UTC days that a search touches, the last ones of many. */
function daysOf(search: RangeSearch, now: Date): Span {
  const { from, to } = spanOf(search, now);
  const end = new Date(Math.ceil(to.getTime() / dayMs) * dayMs);
  return lastDays({ from: floorTo("day", from), to: end }, daysMax);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function totalOf(rows: readonly ComparisonRow[]): CoverageTotal {
  const settled = rows.filter(({ settledAt }) => settledAt !== null);
  const provisional = rows.filter(({ settledAt }) => settledAt === null);
  const days = (of: readonly ComparisonRow[]) => new Set(of.map(({ day }) => day)).size;
  const comparable = settled.filter(({ state }) => state !== "not_comparable");
  return {
    settledDays: days(settled),
    settledRequests: comparable.reduce((sum, row) => sum + row.providerRequests, 0),
    missing: settled.reduce((sum, row) => sum + row.missing, 0),
    notComparable: settled.length - comparable.length,
    fewer: settled.filter(({ state }) => state === "fewer_at_provider").length,
    provisionalDays: days(provisional),
    batchRequests: rows.reduce((sum, row) => sum + row.batchRequests, 0),
  };
}

/** One point per day, those without a comparison included. */
function pointsOf(rows: readonly ComparisonRow[], span: Span): CoveragePoint[] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return startsOfSteps(span, "day").map((start) => {
    const at = new Date(start);
    const of = byDay.get(dayOf(at)) ?? [];
    const sum = (figure: (row: ComparisonRow) => number) => of.reduce((total, row) => total + figure(row), 0);
    const isSettled = of.every(({ settledAt }) => settledAt !== null);
    return {
      at: at.toISOString(),
      providerRequests: sum((row) => row.providerRequests),
      recorded: sum((row) => row.sent),
      missing: sum((row) => row.missing),
      standing: of.length === 0 ? "none" : isSettled ? "settled" : "provisional",
    };
  });
}

type When = { readonly span: Span; readonly now: Date; readonly compared: readonly ComparisonRow[] };

function standingOf(
  accounts: readonly AccountStanding[],
  projects: readonly ReadProject[],
  keys: readonly KeysOfProject[],
  when: When,
): Omit<CoverageTenant, "tenant" | "simulated"> {
  const failing = accounts.find(({ failingSince }) => failingSince !== null);
  const isRead = accounts.some(({ lastReadAt }) => lastReadAt !== null);
  const account = accounts.length === 0 ? "none" : failing ? "failing" : isRead ? "reading" : "waiting";
  return {
    account,
    failingSince: failing?.failingSince?.toISOString() ?? null,
    keysWithoutProject: keys.find(({ projectId }) => projectId === null)?.keys ?? 0,
    projects: keys.flatMap((of) => {
      const { projectId, keys: inUse } = of;
      const read = projects.find((each) => each.projectId === projectId);
      // One that no key in use names, and that was never read, is past.
      if (projectId === null || (inUse === 0 && !read)) return [];
      return [
        {
          projectId,
          name: read?.name ?? null,
          readAt: read?.lastSeenAt.toISOString() ?? null,
          unread: account === "none" && !read ? [] : unreadOf(of, read, when),
        },
      ];
    }),
  };
}

/** Days that are over, on which the tenant had a key of the project, and that no reading tells of. */
function unreadOf(
  { projectId, since, until }: KeysOfProject,
  read: ReadProject | undefined,
  { span, now, compared }: When,
): DaySpan[] {
  const from = Math.max(span.from.getTime(), Math.ceil(since.getTime() / dayMs) * dayMs);
  const to = Math.min(span.to.getTime(), floorTo("day", until ?? now).getTime());
  const days = compared.filter((row) => row.projectId === projectId).map(({ day }) => Date.parse(day));
  const readFrom = read ? floorTo("day", read.firstSeenAt).getTime() - readBackDays * dayMs : to;
  const readTo = read ? floorTo("day", read.lastSeenAt).getTime() : from;
  const gaps = [
    [from, Math.min(to, readFrom, ...days)],
    [Math.max(from, readTo, ...days.map((day) => day + dayMs)), to],
  ] as const;
  if (!read && days.length === 0) return from < to ? [spanOfDays(from, to)] : [];
  return gaps.flatMap(([a, b]) => (a < b ? [spanOfDays(a, b)] : []));
}

function spanOfDays(from: number, to: number): DaySpan {
  return { from: dayOf(new Date(from)), to: dayOf(new Date(to)) };
}
