import type { AccountOutcome } from "../../core/accounts/account-outcome.ts";
import {
  isProjectId,
  type UsageQuestion,
  type UsageRow,
  usageProjectsMax,
} from "../../core/accounts/account-question.ts";
import { type UsageKind, usageKinds } from "../../core/accounts/usage-kind.ts";
import { dayMs } from "../../core/calendar.ts";
import { type ProviderUsageRow, putProviderUsage, readUntil } from "../../db/provider-usage.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import { floorTo, type Span } from "../window.ts";
import type { AccountAnswer, AskProvider } from "./ask-provider.ts";
import { compareDays } from "./compare-days.ts";

export type UsageReading = {
  readonly tenantId: string;
  readonly accountId: string;
  /** Projects of the tenant that this account's organization knows. */
  readonly projectIds: readonly string[];
  readonly ask: AskProvider;
  readonly now: Date;
  /** Somebody asked for it. */
  readonly isWanted: boolean;
};

/** What was read as a whole: every hour of a span, of these projects. */
export type ReadUsage = { readonly projectIds: readonly string[]; readonly kind: UsageKind };

/** Whole days before the one that runs: so long the provider's figures still move. */
export const readBackDays = 3;
/** So far back a reading goes where none of those before it was whole. */
const daysBackMax = 30;
/** A page is a day: more than the days that are asked for. */
const pagesMax = 2 * daysBackMax;

/**
 * Reads what the provider counted of some projects by the hour, puts it in the place of what was read before, and compares the
 * days that are over. What was read before a question failed is kept and compared. Answers the first outcome that is not
 * `ok`.
 */
export async function readUsage(reading: UsageReading): Promise<AccountOutcome> {
  const { tenantId, now } = reading;
  const projectIds = [...new Set(reading.projectIds)].filter(isProjectId).sort();
  if (projectIds.length === 0) return "ok";
  const span = await spanOf(reading);
  const read: ReadUsage[] = [];
  let outcome: AccountOutcome = "ok";
  for (const some of chunksOf(projectIds, usageProjectsMax)) {
    for (const kind of usageKinds) {
      const answer = await askAll(reading, some, kind, span);
      if (answer.outcome !== "ok") {
        outcome = answer.outcome;
        break;
      }
      const rows = rowsOf(answer.rows, { tenantId, kind, projectIds: some, span, readAt: now });
      await withTenantSql(tenantScope(tenantId), (sql) =>
        putProviderUsage(sql, tenantId, { projectIds: some, kind, ...span }, rows),
      );
      read.push({ projectIds: some, kind });
    }
    if (outcome !== "ok") break;
  }
  await compareDays({ tenantId, read, span, now, isWanted: reading.isWanted });
  return outcome;
}

/** From some whole days before now, or before the last whole reading, to the end of the last whole hour. */
async function spanOf({ tenantId, accountId, now }: UsageReading): Promise<Span> {
  const today = floorTo("day", now).getTime();
  const until = await withTenantSql({ read: [tenantId], write: null }, (sql) =>
    readUntil(sql, tenantId, accountId),
  );
  const known = until === null ? today : floorTo("day", until).getTime();
  const since = Math.min(today, known) - readBackDays * dayMs;
  return { from: new Date(Math.max(since, today - daysBackMax * dayMs)), to: floorTo("hour", now) };
}

type AllPages =
  | { readonly outcome: "ok"; readonly rows: readonly UsageRow[] }
  | { readonly outcome: Exclude<AccountOutcome, "ok"> };

async function askAll(
  { tenantId, accountId, ask }: UsageReading,
  projectIds: readonly string[],
  usage: UsageKind,
  { from, to }: Span,
): Promise<AllPages> {
  const rows: UsageRow[] = [];
  const asked = { kind: "usage", usage, projectIds, from: from.toISOString(), to: to.toISOString() } as const;
  let page: string | null = null;
  for (let pages = 0; pages < pagesMax; pages++) {
    const answer: AccountAnswer<UsageQuestion> = await ask({
      tenantId,
      accountId,
      question: { ...asked, page },
    });
    if (answer.outcome !== "ok") return { outcome: answer.outcome };
    rows.push(...answer.body.rows);
    if (answer.body.next === null) return { outcome: "ok", rows };
    page = answer.body.next;
  }
  // trust: whoever leads from page to page for ever is not read.
  return { outcome: "answer_unreadable" };
}

type Asked = {
  readonly tenantId: string;
  readonly kind: UsageKind;
  readonly projectIds: readonly string[];
  readonly span: Span;
  readonly readAt: Date;
};

/**
 * Rows as they are kept, one for each hour, model and batch. trust: what was not asked for is left out. Where the provider does
 * not tell requests of batches, all of them stand as others.
 */
function rowsOf(
  told: readonly UsageRow[],
  { tenantId, kind, projectIds, span, readAt }: Asked,
): ProviderUsageRow[] {
  const rows = new Map<string, ProviderUsageRow>();
  for (const { projectId, hour, model, batch, requests, inputTokens, outputTokens } of told) {
    const at = floorTo("hour", new Date(hour));
    if (!projectIds.includes(projectId) || at < span.from || at >= span.to) continue;
    const key = { projectId, hour: at.toISOString(), model: model ?? "", batch: batch ?? false };
    const name = JSON.stringify(Object.values(key));
    const before = rows.get(name);
    rows.set(name, {
      ...{ tenantId, kind, readAt: readAt.toISOString() },
      ...key,
      requests: requests + (before?.requests ?? 0),
      inputTokens: sum(inputTokens, before?.inputTokens),
      outputTokens: sum(outputTokens, before?.outputTokens),
    });
  }
  return [...rows.values()];
}

function sum(a: number | null, b: number | null | undefined): number | null {
  return a === null && b == null ? null : (a ?? 0) + (b ?? 0);
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
