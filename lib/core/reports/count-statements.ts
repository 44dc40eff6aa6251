import type { SignerBody } from "../ledger/entries/signer-body.ts";
import { appendRows, listRow } from "./first-rows.ts";
import { countKey, mergeCounts } from "./key-counts.ts";

/** What the signer said. */
export type SignerWord = {
  readonly index: number;
  readonly said_at: string;
  readonly kind: string;
  readonly sentence: string;
};

/** What some entries hold of the signer's; the first ones, in their order. */
export type StatementTable = {
  readonly kinds: Map<string, number>;
  /** Statements of full checks that found something, or do not say that they found nothing. */
  failedChecks: number;
  readonly rows: SignerWord[];
};

export const emptyStatements = (): StatementTable => ({ kinds: new Map(), failedChecks: 0, rows: [] });

export function countStatement(
  table: StatementTable,
  index: number,
  { kind, saidAt, sentence, detail }: SignerBody,
): void {
  countKey(table.kinds, kind);
  if (kind === "fsck_finished" && detail.ok !== true) table.failedChecks += 1;
  listRow(table.rows, () => ({ index, said_at: saidAt, kind, sentence }));
}

export function mergeStatements(into: StatementTable, next: StatementTable): void {
  mergeCounts(into.kinds, next.kinds);
  into.failedChecks += next.failedChecks;
  appendRows(into.rows, next.rows);
}
