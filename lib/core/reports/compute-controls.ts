import type { Balance } from "../ledger/entries/balance.ts";
import type { CallShape, ShapeTable } from "./call-shape.ts";
import { providerRequestsOf } from "./compute-usage.ts";
import type { ControlResult } from "./control-result.ts";
import { countAbsent, type TallyPart } from "./tally-part.ts";

type Counts = Pick<ControlResult, "population" | "passed" | "failed" | "not_testable">;

/**
 * Each control over its whole population, never a sample. `balance` null: entries are missing from the pack. Of a population
 * that is not all here nothing is concluded, unless what is here failed. `version`: of the report; up to 4 a call that began
 * before the first policy passed for one under a policy in force, and a full check that failed for none; up to 5 nothing was held
 * against the provider's count.
 */
export function computeControls(
  part: TallyPart,
  balance: Balance | null,
  version: 4 | 5 | 6 = 6,
): readonly ControlResult[] {
  const { kinds, failedChecks } = part.statements;
  const { shapes } = part;
  const said = ["alarm", "frozen", "key_compromised"].reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0);
  const broken = version === 4 ? said : said + failedChecks;
  const isWhole = countAbsent(part) === 0;
  const result = (
    id: ControlResult["id"],
    title: string,
    procedure: string,
    counts: Counts,
  ): ControlResult => {
    const conclusion = conclusionOf(counts);
    const isOpen = !isWhole && conclusion !== "not_met";
    return { id, title, procedure, ...counts, conclusion: isOpen ? "not_concluded" : conclusion };
  };
  const entries = Object.values(part.types).reduce((sum, n) => sum + n, 0);
  return [
    result(
      "destination_within_policy",
      "Calls go where the policy allows",
      "Each selected call that left, by its verdict: failed where outside policy, not testable where not verifiable.",
      tested(shapes, ({ left, verdict }) =>
        !left
          ? null
          : verdict === "violation"
            ? "failed"
            : verdict === "unverifiable"
              ? "not_testable"
              : "passed",
      ),
    ),
    result(
      "policy_in_force",
      "Every call is judged under a policy in force",
      version === 4
        ? "Each selected call, by whether its entry names a policy version."
        : "Each selected call, by whether its entry names a policy version; not testable where it began before the first one and was held against that afterwards.",
      tested(shapes, ({ policy, retrospective }) =>
        policy === null ? "failed" : retrospective && version > 4 ? "not_testable" : "passed",
      ),
    ),
    result(
      "stopped_before_it_left",
      "What the gateway refuses does not leave",
      "Each selected call that was refused: failed where its verdict is outside policy all the same.",
      tested(shapes, ({ refused, verdict }) =>
        !refused ? null : verdict === "violation" ? "failed" : "passed",
      ),
    ),
    result(
      "every_intent_accounted",
      "Every call that was begun has its record",
      "Each number that a gateway gave out in the range: failed where it has no entry, not testable where its call was still open.",
      balanceCounts(balance),
    ),
    ...(version < 6
      ? []
      : [
          result(
            "provider_count_accounted",
            "What the provider counted is in the record",
            "Each request that the provider counted on the settled days of this report, without batches: failed where the record cannot account for it, not testable on days that cannot be compared.",
            usageTested(part),
          ),
        ]),
    result(
      "record_unbroken",
      "The signer met no break in the record",
      version === 4
        ? "Each entry of the range; failed are statements of the signer that the log was frozen, alarmed, or its key lost."
        : "Each entry of the range; failed are statements that the log was frozen, alarmed, or its key lost, or that a full check found something.",
      { population: entries, passed: Math.max(0, entries - broken), failed: broken, not_testable: 0 },
    ),
  ];
}

function tested(
  shapes: ShapeTable,
  outcomeOf: (shape: CallShape) => "passed" | "failed" | "not_testable" | null,
): Counts {
  const counts = { population: 0, passed: 0, failed: 0, not_testable: 0 };
  for (const { shape, sums } of shapes.values()) {
    const outcome = outcomeOf(shape);
    if (outcome === null) continue;
    counts.population += sums.calls;
    counts[outcome] += sums.calls;
  }
  return counts;
}

function balanceCounts(balance: Balance | null): Counts {
  if (balance === null) return { population: 0, passed: 0, failed: 0, not_testable: 0 };
  const { intents, outcomes, unknown, open, missing } = balance;
  return { population: intents, passed: outcomes + unknown, failed: missing, not_testable: open };
}

function usageTested(part: TallyPart): Counts {
  const { counted, missing, notComparable } = providerRequestsOf(part);
  return {
    population: counted,
    passed: Math.max(0, counted - missing - notComparable),
    failed: missing,
    not_testable: notComparable,
  };
}

export function conclusionOf({ population, failed, not_testable }: Counts): ControlResult["conclusion"] {
  if (failed > 0) return "not_met";
  if (population === 0) return "nothing_to_test";
  return not_testable > 0 ? "not_concluded" : "met";
}
