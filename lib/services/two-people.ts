import { isUniqueViolation } from "../db/is-unique-violation.ts";
import { personOf } from "./access.ts";
import type { MutationContext } from "./mutation.ts";
import { Refusal } from "./refusal.ts";

/** What somebody asked for and a second person decides. */
type Asked = {
  readonly expiresAt: Date;
  readonly decision: { readonly outcome: string } | null;
};

type Decision = {
  readonly outcome: "approved" | "rejected" | "withdrawn";
  readonly decidedBy: string;
  readonly decidedById: string;
  readonly decidedAt: Date;
  readonly note: string | null;
};

/** That row of a noun ("proposal"), if it can still be decided at `at`. Refuses what is not there, decided or lapsed. */
export function demandWaiting<Row extends Asked>(noun: string, row: Row | null, at: Date): Row {
  if (!row) throw new Refusal("not_found", `There is no such ${noun}.`);
  if (row.decision) throw new Refusal("conflict", `This ${noun} was ${row.decision.outcome} already.`);
  if (row.expiresAt <= at)
    throw new Refusal("conflict", `This ${noun} has lapsed: nobody decided it in time.`);
  return row;
}

/** Refuses whoever asked, with these words. The store holds this as well, by a check; here it is said. */
export function demandOther({ actor }: MutationContext, askedById: string, words: string): void {
  if (personOf(actor).personId === askedById) throw new Refusal("forbidden", words);
}

/** Refuses everybody but whoever asked. */
export function demandAsker({ actor }: MutationContext, askedById: string): void {
  if (personOf(actor).personId !== askedById)
    throw new Refusal("forbidden", "Only whoever asked for it takes it back; others reject it.");
}

/** The decision of the person who acts, as every table of decisions holds it. */
export function decisionOf(
  { actor, actorName, at }: MutationContext,
  outcome: Decision["outcome"],
  note: string,
): Decision {
  return {
    outcome,
    decidedBy: actorName,
    decidedById: personOf(actor).personId,
    decidedAt: at,
    note: note === "" ? null : note,
  };
}

/** Two people who do this at the same moment: the key of the table lets one of them in, the other is refused with `words`. */
export async function once<T>(words: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", words, { cause: error });
  }
}
