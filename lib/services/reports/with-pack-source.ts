import { documentText } from "../../core/regions/document-text.ts";
import type { ReportFilter } from "../../core/reports/call-filter.ts";
import { findCatalog } from "../../db/catalog-version.ts";
import { policiesByVersion } from "../../db/policy-version.ts";
import { type PackRow, withPackSnapshot } from "../../db/report-entry.ts";
import { packReplaced } from "../../db/report-packs.ts";
import { batchAt } from "../../db/report-range.ts";
import { prunesOfRange } from "../../db/report-retention.ts";
import { findTenantById, type TenantRow } from "../../db/tenant.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import { databaseSettings } from "../../env/database-settings.ts";
import { splitHashes } from "../ledger/frontier-bytes.ts";
import { sha256Hex } from "../secrets/canonical-json.ts";
import { findRange, type PackRange } from "./find-range.ts";
import { PackProblem } from "./pack-problem.ts";

/** What a report asks for, as it stands in its row. */
export type PackQuestion = {
  readonly tenantId: string;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly epoch: number;
  readonly filter: ReportFilter;
};

/** The store as a pack is built from it, unchanging while it is. */
export type PackSource = {
  readonly question: PackQuestion;
  readonly tenant: TenantRow;
  readonly range: PackRange;
  /** Id of the pack that this one replaces: the same question with an earlier end. */
  readonly supersedes: string | null;
  /** Of the tree before the range, largest first; empty at 0. */
  readonly startHashes: readonly Uint8Array[];
  /** Places of the range, some at a time, in order; the next ones are read while these are worked on. */
  readonly rows: (first: number, end: number) => AsyncGenerator<PackRow[]>;
  /** Whether the record says that this entry's bytes were deleted because they had expired. */
  readonly isExpired: (index: number) => boolean;
  /** The text that has this hash. Throws `log_damaged` where the store holds another one. */
  readonly policyText: (version: number, sha256: string) => Promise<PolicyText>;
  readonly catalogText: (version: number, sha256: string) => Promise<string>;
  readonly sql: SqlTransaction;
};

export type PolicyText = {
  readonly text: string;
  readonly body: unknown;
  readonly preset: string;
  readonly effectiveAt: Date;
};

const rowsAtOnce = 1_024;

/** Opens the source of a pack for as long as `fn` takes. The caller has checked who asks. */
export async function withPackSource<T>(
  question: PackQuestion,
  fn: (source: PackSource) => Promise<T>,
): Promise<T> {
  const { tenantId, epoch } = question;
  const tenant = await findTenantById(tenantId);
  if (!tenant) throw new PackProblem("fault", "There is no such tenant.");
  return withPackSnapshot(tenantId, databaseSettings().url, async ({ sql, rows }) => {
    const period = { from: question.periodFrom, to: question.periodTo };
    const range = await findRange(sql, tenantId, period, epoch);
    if (range === null) throw new PackProblem("nothing_signed");
    async function* pages(first: number, end: number): AsyncGenerator<PackRow[]> {
      let next: Promise<PackRow[]> | null = null;
      for (let at = first; at < end; at += rowsAtOnce) {
        const page: PackRow[] = await (next ??
          rows(range?.key ?? question, at, Math.min(end, at + rowsAtOnce)));
        const from = at + rowsAtOnce;
        next = from < end ? rows(range?.key ?? question, from, Math.min(end, from + rowsAtOnce)) : null;
        // Whoever stops in the middle does not wait for it.
        next?.catch(() => undefined);
        yield page;
      }
    }
    const prunes = await prunesOfRange(sql, range.key, range.first, range.end);
    return fn({
      question,
      tenant,
      range,
      supersedes: await packReplaced(sql, { ...question, ...range.key }, range.end),
      startHashes: await hashesAt(sql, range),
      rows: pages,
      isExpired: (index) => prunes.some(({ from, to }) => index >= from && index < to),
      policyText: async (version, sha256) => {
        const [row] = await policiesByVersion(sql, tenantId, [version]);
        const text = row === undefined ? "" : documentText(row.body);
        if (row === undefined || sha256Hex(text) !== sha256) throw damaged(`policy version ${version}`);
        return { text, body: row.body, preset: row.preset, effectiveAt: row.effectiveAt };
      },
      catalogText: async (version, sha256) => {
        const found = await findCatalog(version);
        const text = found === null ? "" : documentText(found.body);
        if (sha256Hex(text) !== sha256) throw damaged(`catalog version ${version}`);
        return text;
      },
      sql,
    });
  });
}

/** A checkpoint stands where a batch ends, so the tree there is stored. */
async function hashesAt(sql: SqlTransaction, { key, first }: PackRange): Promise<Uint8Array[]> {
  if (first === 0) return [];
  const batch = await batchAt(sql, key, first);
  if (batch === null) throw damaged(`tree of ${first} entries`);
  return splitHashes(batch.frontier);
}

const damaged = (what: string) =>
  new PackProblem("log_damaged", `The store does not hold the ${what} that entries name.`);
