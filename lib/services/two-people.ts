import { instantWords } from "../contracts/instant-words.ts";
import type { DecisionOutcome } from "../core/decision-outcome.ts";
import { newestTie, type Tie } from "../db/account-touch.ts";
import type { DecisionRow } from "../db/decision.ts";
import { isUniqueViolation } from "../db/is-unique-violation.ts";
import { personOf } from "./access.ts";
import type { MutationContext } from "./mutation.ts";
import { Refusal } from "./refusal.ts";

/** What somebody asked for and a second person decides. */
type Asked = {
  readonly expiresAt: Date;
  readonly decision: { readonly outcome: string } | null;
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

/** So long has a person to have had a password of his own, and an account that the other one did not touch. */
const settleHours = 24;
const hourMs = 3_600_000;

/**
 * Refuses an approval where the two accounts may be one person's: by whoever asked, with these words; and by or for somebody
 * whose account the other one made, let in, gave a role or a password, until he has a password of his own and 24 hours have
 * passed since. Answers in words how long before the other one touched it, for the decision's entry; null: he never did.
 */
export async function demandTwo(
  context: MutationContext,
  askedById: string,
  words: string,
): Promise<string | null> {
  demandOther(context, askedById, words);
  const { tx, actor, at } = context;
  const { personId } = personOf(actor);
  const ties = [
    {
      whose: "approver",
      by: "requester",
      tie: await newestTie(tx, { personId, byId: askedById, settleHours }),
    },
    {
      whose: "requester",
      by: "approver",
      tie: await newestTie(tx, { personId: askedById, byId: personId, settleHours }),
    },
  ] as const;
  const said = ties.flatMap(({ whose, by, tie }) => {
    if (tie === null) return [];
    demandSettled(whose, tie, at);
    const did = touchedWords(tie.kind, { person: `the ${whose}`, persons: `the ${whose}'s` });
    return [`The ${by} ${did} ${agoWords(at.getTime() - tie.at.getTime())} before.`];
  });
  return said.length === 0 ? null : said.join(" ");
}

function demandSettled(whose: "approver" | "requester", { kind, at: touchedAt, ownSince }: Tie, at: Date) {
  const what =
    whose === "approver"
      ? `Whoever asked for this ${touchedWords(kind, { person: "you", persons: "your" })}`
      : `You ${touchedWords(kind, { person: "the requester", persons: "the requester's" })}`;
  const own = whose === "approver" ? "you have" : "the requester has";
  if (ownSince === null)
    throw new Refusal(
      "not_independent",
      `${what}, so the two of you count as one until ${own} chosen a password under Settings, Sessions, and ${settleHours} hours have passed. Let somebody else decide.`,
    );
  const free = new Date(Math.max(ownSince.getTime(), touchedAt.getTime()) + settleHours * hourMs);
  if (free <= at) return;
  throw new Refusal(
    "not_independent",
    `${what}, so the two of you count as one until ${instantWords(free)}. Let somebody else decide, or wait.`,
  );
}

function touchedWords(kind: Tie["kind"], { person, persons }: { person: string; persons: string }): string {
  switch (kind) {
    case "account_made":
      return `made ${persons} account`;
    case "account_enabled":
      return `enabled ${persons} account`;
    case "password_reset":
      return `reset ${persons} password`;
    case "second_factor_reset":
      return `reset ${persons} second factor`;
    case "identity_bound":
      return `bound ${persons} account to the identity provider`;
    case "membership_made":
      return `made ${person} a member`;
    case "role_changed":
      return `gave ${person} another role`;
  }
}

/** "3 days", "5 hours"; whole ones, at least an hour. */
function agoWords(ms: number): string {
  const hours = Math.max(1, Math.floor(ms / hourMs));
  const [count, noun] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Refuses everybody but whoever asked. */
export function demandAsker({ actor }: MutationContext, askedById: string): void {
  if (personOf(actor).personId !== askedById)
    throw new Refusal("forbidden", "Only whoever asked for it takes it back; others reject it.");
}

/** The decision of the person who acts, as every table of decisions holds it. */
export function decisionOf(
  { actor, actorName, at }: MutationContext,
  outcome: DecisionOutcome,
  note: string,
): DecisionRow {
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
