import { causesOf } from "../findings/causes-of.ts";
import type { CallBody } from "../ledger/entries/call-body.ts";
import type { Basis, FindingCause, Judgement } from "../verdicts/verdict.ts";
import type { CallDimensions } from "./call-filter.ts";

/** Calls of a report that make one case: the same cause, host, model, application and basis. */
export type FindingCase = {
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly application_id: string;
  readonly basis: Basis;
  readonly calls: number;
  readonly first_at: string;
  readonly last_at: string;
};

/** The same while it is counted. */
export type CaseRow = {
  readonly cause: FindingCause;
  readonly host: string | null;
  readonly model: string | null;
  readonly applicationId: string;
  readonly basis: Basis;
  calls: number;
  firstAt: string;
  lastAt: string;
};

export type CaseTable = Map<string, CaseRow>;

/** `wholeCases`: of calls as a whole, of causes that none of their attempts has. Reports up to version 3 are silent of them. */
export type CaseTables = { readonly cases: CaseTable; readonly wholeCases: CaseTable };

/**
 * Adds a call to the cases it belongs to, once to each, as recording it did. An entry says a standing cause of the call and
 * not of which attempt: of several, it counts under the one that decided.
 */
export function countCases(
  { cases, wholeCases }: CaseTables,
  body: CallBody,
  { host, model }: CallDimensions,
): void {
  if (body.standing.length === 0 && !isFlagged(body)) return;
  const { attempts } = body;
  const judged: readonly Said[] =
    attempts.length === 0
      ? [{ ...body, host: null }]
      : [
          ...attempts.map((attempt) => ({ ...attempt.judged, standing: [], host: attempt.host })),
          {
            verdict: "not_applicable",
            reasons: [],
            standing: body.standing,
            basis: basisAt(body, host),
            host,
          },
        ];
  addCall(cases, judged, body, model);
  if (attempts.length > 0) addCall(wholeCases, [ofWhole(body)], body, model);
}

function addCall(
  table: CaseTable,
  judged: readonly Said[],
  { applicationId, startedAt }: CallBody,
  model: string | null,
): void {
  const counted = new Set<string>();
  for (const each of judged)
    for (const cause of causesOf(each)) {
      const key = JSON.stringify([cause, each.host, model, applicationId, each.basis]);
      if (counted.has(key)) continue;
      counted.add(key);
      const row = table.get(key);
      if (row !== undefined) addCalls(row, 1, startedAt, startedAt);
      else {
        const parts = { cause, host: each.host, model, applicationId, basis: each.basis };
        table.set(key, { ...parts, calls: 1, firstAt: startedAt, lastAt: startedAt });
      }
    }
}

/** What was found of the call as a whole: that an earlier attempt is not told is true of none. */
function ofWhole({ verdict, reasons, basis, attempts }: CallBody): Said {
  const told = new Set(attempts.flatMap(({ judged }) => judged.reasons));
  return { verdict, reasons: reasons.filter((reason) => !told.has(reason)), standing: [], basis, host: null };
}

type Said = Pick<Judgement, "verdict" | "reasons" | "standing" | "basis"> & { readonly host: string | null };

/** Puts the cases of later entries to the earlier. */
export function mergeCases(into: CaseTable, next: CaseTable): void {
  for (const [key, row] of next) {
    const known = into.get(key);
    if (known === undefined) into.set(key, row);
    else addCalls(known, row.calls, row.firstAt, row.lastAt);
  }
}

/** Most calls first, ties by their key, so that the same entries give the same order. */
export function casesInOrder(...tables: readonly CaseTable[]): FindingCase[] {
  return tables
    .flatMap((table) => [...table])
    .sort(([a, one], [b, two]) => two.calls - one.calls || (a < b ? -1 : 1))
    .map(([, { cause, host, model, applicationId, basis, calls, firstAt, lastAt }]) => ({
      cause,
      host,
      model,
      application_id: applicationId,
      basis,
      calls,
      first_at: firstAt,
      last_at: lastAt,
    }));
}

const flagged = (verdict: string): boolean => verdict === "violation" || verdict === "unverifiable";

function isFlagged({ verdict, attempts }: CallBody): boolean {
  return flagged(verdict) || attempts.some(({ judged }) => flagged(judged.verdict));
}

function basisAt({ attempts, verdict, basis }: CallBody, host: string | null): Basis {
  const deciding = attempts.findLast(({ judged }) => judged.verdict === verdict) ?? attempts.at(-1);
  return deciding?.host === host ? deciding.judged.basis : basis;
}

function addCalls(row: CaseRow, calls: number, firstAt: string, lastAt: string): void {
  row.calls += calls;
  if (firstAt < row.firstAt) row.firstAt = firstAt;
  if (lastAt > row.lastAt) row.lastAt = lastAt;
}
