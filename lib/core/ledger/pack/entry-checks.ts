import { judgeVersions } from "../../verdicts/verdict.ts";
import { type Check, fail, pass, unverifiable } from "../verification.ts";
import type { JudgedCounts } from "./check-entries.ts";
import type { EntryFault, PackCheck } from "./pack-checks.ts";
import { uncountedWords } from "./pack-limits.ts";

type Found = {
  readonly faults: readonly EntryFault[];
  readonly faultCounts: ReadonlyMap<PackCheck, number>;
  readonly judged: JudgedCounts;
  readonly compared: number;
  /** Of these, held against the calls that are here; null: they could not be. */
  readonly held: number | null;
  readonly opened: number;
  readonly absent: number;
  readonly entries: number;
};

/** One check for each thing that every entry is looked at for, with the first ones that failed by their index. */
export function entryChecks(found: Found): Check[] {
  const { entries, absent, opened, judged } = found;
  const here = entries - absent;
  return [
    absent === 0
      ? pass("entries present", `All ${entries} entries of the range are here.`)
      : unverifiable(
          "entries present",
          `${absent} of ${entries} entries are here by their hash alone: withheld, expired or erased. What gateways gave out cannot be held against them.`,
        ),
    ofEntries(found, "leaf hashes", `${entries} entries have the hash that the log has at their place.`),
    ofEntries(found, "entry form", `${here} entries are written the one way they are to be written.`),
    ofEntries(
      found,
      "entry place",
      `${here} entries say themselves that they belong to this log and to their place.`,
    ),
    ofEntries(found, "entry meaning", `${here} entries say nothing that this program does not know.`),
    opened === 0 && !found.faultCounts.has("commitments")
      ? pass("commitments", "No commitment is opened in this pack.")
      : ofEntries(found, "commitments", `${opened} opened values are what the entries committed to.`),
    judgedAgain(found, judged),
    comparisons(found),
  ];
}

function comparisons(found: Found): Check {
  const { compared, held, absent, faultCounts } = found;
  const check = "comparisons";
  if (compared === 0 && !faultCounts.has(check))
    return pass(check, "No entry that is here holds the provider's own count.");
  const said = `${compared} entries hold the provider's own count beside the record, and what came of it follows from their counts.`;
  if (held === null && absent === 0 && !faultCounts.has(check))
    return unverifiable(check, `${said} ${uncountedWords}`);
  const against =
    held === null
      ? "None was held against the calls, since not all entries are here."
      : `${held} of them claim no more calls than are here; the others are of days whose calls are not all in this range.`;
  return ofEntries(found, check, `${said} ${against}`);
}

function ofEntries({ faults, faultCounts }: Found, check: PackCheck, good: string): Check {
  const count = faultCounts.get(check) ?? 0;
  if (count === 0) return pass(check, good);
  const mine = faults.filter((fault) => fault.check === check);
  const named = mine
    .slice(0, 3)
    .map(({ index, words }) => `Entry ${index}${/^[A-Z]/.test(words) ? ": " : " "}${words}`);
  const more = count - named.length;
  const words = `${named.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
  return mine.every(({ grave }) => !grave) ? unverifiable(check, words) : fail(check, words);
}

function judgedAgain(found: Found, judged: JudgedCounts): Check {
  const { same, cut, other_judge, no_document, beside: others } = judged;
  const check = "judged again";
  if (found.faultCounts.has(check)) return ofEntries(found, check, "");
  const said = `${same} calls were judged again from their facts, and are judged the same`;
  const beside = [
    cut > 0 ? `; of ${cut} something was cut, so they cannot be` : "",
    others > 0 ? `; of ${others} outside the report the policy or the catalog is not here` : "",
  ].join("");
  if (no_document > 0)
    return unverifiable(check, `${said}${beside}. Of ${no_document} the policy or the catalog is not here.`);
  if (other_judge > 0)
    return unverifiable(
      check,
      `${said}${beside}. ${other_judge} were judged by another version than ${judgeVersions.join(" and ")}, those in this program.`,
    );
  return pass(check, `${said}${beside}.`);
}
