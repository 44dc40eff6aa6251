import type { FindingException } from "../../contracts/findings.ts";
import {
  type ExceptionFacts,
  type ExceptionKind,
  type ExceptionState,
  exceptionName,
  exceptionState,
  isStale,
} from "../../core/findings/exception.ts";
import type { ExceptionRow } from "../../db/finding-exception.ts";
import { decisionSummary } from "../decisions/decision-summary.ts";

/** Where a stored exception stands at a moment. Its words were checked by the table's constraints when they were written. */
export function stateOfRow({ decision, lapsesAt, expiresAt }: ExceptionRow, at: Date): ExceptionState {
  const [end] = decision?.ends ?? [];
  return exceptionState(
    {
      outcome: (decision?.outcome ?? null) as ExceptionFacts["outcome"],
      ended: (end?.why ?? null) as ExceptionFacts["ended"],
      lapsesAt: lapsesAt.getTime(),
      expiresAt: expiresAt.getTime(),
    },
    at.getTime(),
  );
}

/** An exception as a page shows it. `policyInForce`: its number; null: none is. */
export function exceptionItem(
  row: ExceptionRow,
  { at, personId, policyInForce }: { at: Date; personId: string | null; policyInForce: number | null },
): FindingException {
  const state = stateOfRow(row, at);
  const { decision } = row;
  const [end] = decision?.ends ?? [];
  return {
    id: row.id,
    name: exceptionName(row.no),
    kind: row.kind as ExceptionKind,
    state,
    reason: row.reason,
    transferMechanism: row.transferMechanism,
    ticket: row.ticket,
    policyVersion: row.policyVersion,
    stale: state === "in_force" && isStale(row.policyVersion, policyInForce),
    author: row.author,
    isMine: row.authorId === personId,
    createdAt: row.createdAt.toISOString(),
    lapsesAt: row.lapsesAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decision: decisionSummary(decision),
    end: end ? { by: end.endedBy, at: end.endedAt.toISOString(), note: end.note } : null,
  };
}
