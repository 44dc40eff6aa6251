import { NIL } from "uuid";
import type { CallPage, CallSearch } from "../../contracts/calls.ts";
import { stepMs } from "../../contracts/time-step.ts";
import { applicationsById } from "../../db/application.ts";
import type { CallFilter } from "../../db/call-filter.ts";
import { type CallListRow, type CallPosition, recordingHeads, scanCalls } from "../../db/call-list.ts";
import { callsDeletedBefore, deletedBefore } from "../../db/call-month.ts";
import {
  facetRows,
  firstHour,
  type MatchingHour,
  matchingDays,
  matchingHours,
} from "../../db/rollup-read.ts";
import { readTenantsSql, type SqlTransaction } from "../../db/with-tenant.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { lastDays, type Span, spanOf, windowOf } from "../window.ts";
import { countFacets, filterOf, isUnfiltered } from "./call-facets.ts";
import { callListItem } from "./call-list-item.ts";
import { type Heads, headsUpTo, readPosition, writeHeads, writePosition } from "./cursors.ts";

/** Raw calls are listed within a month; of a longer span its last days, and the window says so. */
const daysMax = 31;
/** So many calls are looked at for one page; a rarer combination goes on with the page's cursor. */
const scanMaxDefault = 200_000;

/** The calls of the actor's tenants that match, newest first, with the facets' counts; all of one snapshot. */
export async function listCalls(
  actor: Actor,
  search: CallSearch,
  { now = new Date(), scanMax = scanMaxDefault }: { now?: Date; scanMax?: number } = {},
): Promise<CallPage> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const tenantIds = tenants.map(({ tenantId }) => tenantId);
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const asked = spanOf(search, now);
  const span = lastDays(asked, daysMax);
  const below = search.cursor === undefined ? null : readPosition(search.cursor);
  return readTenantsSql(tenantIds, async (sql) => {
    const applications = await applicationsById(sql, tenantIds);
    const marks = await deletedBefore(sql, "call", tenantIds);
    const since = tenantIds.map((tenantId) => ({ tenantId, since: marks.get(tenantId) ?? null }));
    const { facets, totalCalls } = countFacets(await facetRows(sql, since, span), search, applications);
    const filter = filterOf(search, applications);
    const heads = await recordingHeads(sql, tenantIds);
    const upTo = headsUpTo(heads, search.upTo);
    const question = { tenantIds, heads: upTo, span, below, filter, limit: search.limit, scanMax };
    const page = isUnfiltered(search) ? await scanAll(sql, question) : await scanHours(sql, question);
    return {
      window: windowOf(
        span,
        await firstHour(sql, tenantIds),
        await callsDeletedBefore(sql, tenantIds),
        asked,
      ),
      items: page.rows.map((row) => callListItem(row, { slugs, applications })),
      nextCursor: page.next === null ? null : writePosition(page.next),
      facets,
      totalCalls,
      scanStopped: page.scanStopped,
      liveCursor: writeHeads(heads),
    };
  });
}

type Question = {
  readonly tenantIds: readonly string[];
  /** Pages of one list hold what was recorded up to the first of them. */
  readonly heads: Heads;
  readonly span: Span;
  readonly below: CallPosition | null;
  readonly filter: CallFilter;
  readonly limit: number;
  readonly scanMax: number;
};

type Page = {
  readonly rows: readonly CallListRow[];
  readonly next: CallPosition | null;
  readonly scanStopped: boolean;
};

async function scanAll(sql: SqlTransaction, question: Question): Promise<Page> {
  const { span, limit } = question;
  const rows = await scanCalls(sql, { ...question, stretches: [span], limit: limit + 1 });
  return fullPage(rows, limit);
}

/** Looks only into hours where rollups say that there is something to find. */
async function scanHours(sql: SqlTransaction, question: Question): Promise<Page> {
  const { span, limit, scanMax } = question;
  const nextHour = await readHours(sql, question);
  const rows: CallListRow[] = [];
  let looked = 0;
  let hour = await nextHour();
  // The newest hour may be begun already, so what it holds is not counted on.
  const newest = hour?.hour;
  while (hour !== null && rows.length <= limit) {
    const stretches: Span[] = [];
    let oldest = hour.hour;
    let expected = 0;
    do {
      oldest = hour.hour;
      expected += hour.hour === newest ? 0 : hour.matching;
      looked += hour.all;
      stretches.push(within(hour.hour, span));
      hour = await nextHour();
    } while (hour !== null && expected <= limit - rows.length && looked < scanMax);
    rows.push(...(await scanCalls(sql, { ...question, stretches, limit: limit + 1 - rows.length })));
    if (looked >= scanMax && rows.length <= limit && hour !== null)
      return { rows, next: { startedAt: oldest, id: NIL }, scanStopped: true };
  }
  return fullPage(rows, limit);
}

/** Gives the hours that hold anything to find, newest first; those of a day are read when the days before it are spent. */
async function readHours(
  sql: SqlTransaction,
  { tenantIds, span, below, filter, limit }: Question,
): Promise<() => Promise<MatchingHour | null>> {
  const end = below === null ? Number.POSITIVE_INFINITY : endAbove(below);
  const reach = { from: span.from, to: new Date(Math.min(span.to.getTime(), end)) };
  const days = reach.to <= reach.from ? [] : await matchingDays(sql, tenantIds, reach, filter);
  let hours: MatchingHour[] = [];
  return async () => {
    while (hours.length === 0 && days.length > 0) {
      const some: Date[] = [];
      let expected = 0;
      for (let day = days.shift(); day; day = expected <= limit ? days.shift() : undefined) {
        some.push(day.day);
        expected += day.matching;
      }
      hours = await matchingHours(sql, tenantIds, some, reach, filter);
    }
    return hours.shift() ?? null;
  };
}

/** The end, exclusive, of what may lie below a position: with the nil id nothing of its own millisecond does. */
function endAbove({ startedAt, id }: CallPosition): number {
  return startedAt.getTime() + (id === NIL ? 0 : 1);
}

function within(hour: Date, { from, to }: Span): Span {
  const end = hour.getTime() + stepMs("hour");
  return {
    from: new Date(Math.max(hour.getTime(), from.getTime())),
    to: new Date(Math.min(end, to.getTime())),
  };
}

function fullPage(found: readonly CallListRow[], limit: number): Page {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1) ?? null) : null, scanStopped: false };
}
