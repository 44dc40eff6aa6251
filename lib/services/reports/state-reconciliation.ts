import { dayWords } from "../../contracts/instant-words.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import type { AccountAt } from "../../db/report-accounts.ts";
import type { KeyAt } from "../../db/report-keys.ts";

/** With whose admin key the provider's own count was read, and of which keys it says nothing; what it says stands in `computed`. */
export function stateReconciliation(
  accounts: readonly AccountAt[],
  keys: readonly KeyAt[],
): StatedReport["reconciliation"] {
  if (accounts.length === 0)
    return {
      not_covered:
        "No admin key of an organization at OpenAI was given, so that what OpenAI itself counted was not read: whether calls passed by the gateway with a key of these projects was not compared. No egress log is read either. Gateways' own numbers are held against the record above.",
    };
  const unnamed = keys.filter(({ projectId }) => projectId === null).map(({ label }) => `“${label}”`);
  return [
    ...accounts.map(accountWords),
    "OpenAI's count is of requests, by project, hour and kind of usage. It names no region: it can show that calls are missing, and not where they went.",
    "A UTC day is settled 48 hours after its end, as an entry of the log, and never changed: what OpenAI counts for it later is in no figure. A call within ten minutes of a day's end may be counted to either day.",
    "What OpenAI counted for lines of batches is shown and not compared: they run up to a day after the call that made them.",
    ...(unnamed.length === 0
      ? []
      : [
          `Of these keys nobody said which project they are of, so that nothing was compared for them: ${unnamed.join(", ")}.`,
        ]),
  ];
}

function accountWords({ label, hint, addedBy, addedAt, isReplacement, revokedAt }: AccountAt): string {
  const given = isReplacement ? "given in the place of another" : "given";
  const until = revokedAt === null ? "" : `, and in use until ${dayWords(revokedAt)}`;
  return `Admin key “${label}” (ending in ${hint}), ${given} by ${addedBy} on ${dayWords(addedAt)}${until}.`;
}
