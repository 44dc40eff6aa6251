import { gradeAtLeast } from "../calls/evidence.ts";
import { instantKey } from "../instant.ts";
import { claimNouns } from "./compare-places.ts";
import type { Enforcement, Policy, RestrictableClaim } from "./policy.ts";
import type { PolicyChange } from "./policy-change.ts";
import { spoolTime } from "./spool-time.ts";

/** What differs in the rules that are not about places: models, features, evidence, pins, doubt, enforcement. */
export function compareRules(before: Policy, after: Policy): PolicyChange[] {
  return [
    ...compareModels(before, after),
    ...compareFeatures(before, after),
    ...compareGrades(before, after),
    ...comparePins(before, after),
    ...compareDoubt(before, after),
    ...compareEnforcement(before, after),
  ];
}

function compareModels(before: Policy, after: Policy): PolicyChange[] {
  const field = "models";
  const { models: was } = before;
  const { models: is } = after;
  if (was === "any" && is === "any") return [];
  if (is === "any") return [{ field, effect: "widens", sentence: "Any model may be used." }];
  if (was === "any")
    return [
      { field, effect: "tightens", sentence: `Only these models may be used: ${is.join(", ") || "none"}.` },
    ];
  return [
    ...listed(
      field,
      "widens",
      "Models allowed that were not",
      is.filter((model) => !was.includes(model)),
    ),
    ...listed(
      field,
      "tightens",
      "Models no longer allowed",
      was.filter((model) => !is.includes(model)),
    ),
  ];
}

function compareFeatures(before: Policy, after: Policy): PolicyChange[] {
  const field = "deniedFeatures";
  const { deniedFeatures: was } = before;
  const { deniedFeatures: is } = after;
  return [
    ...listed(
      field,
      "widens",
      "Features allowed that were not",
      was.filter((id) => !is.includes(id)),
    ),
    ...listed(
      field,
      "tightens",
      "Features no longer allowed",
      is.filter((id) => !was.includes(id)),
    ),
  ];
}

function listed(
  field: string,
  effect: PolicyChange["effect"],
  what: string,
  names: readonly string[],
): PolicyChange[] {
  return names.length === 0 ? [] : [{ field, effect, sentence: `${what}: ${names.join(", ")}.` }];
}

const claims: readonly RestrictableClaim[] = ["inference", "storage", "handling", "ingress", "relay"];

function compareGrades(before: Policy, after: Policy): PolicyChange[] {
  return claims.flatMap((claim): PolicyChange[] => {
    const was = before.minimumGrade[claim];
    const is = after.minimumGrade[claim];
    if (was === is) return [];
    const weaker = gradeAtLeast(was, is);
    const sentence = `${claimNouns[claim]} is cleared by evidence of grade ${is} or better${weaker ? "" : " only"}; so far it took ${was}.`;
    return [{ field: `minimumGrade.${claim}`, effect: weaker ? "widens" : "tightens", sentence }];
  });
}

function comparePins(before: Policy, after: Policy): PolicyChange[] {
  if (before.requirePin === after.requirePin) return [];
  return after.requirePin
    ? [{ field: "requirePin", effect: "tightens", sentence: "Projects must be pinned to the region." }]
    : [{ field: "requirePin", effect: "widens", sentence: "Projects need no pin where nothing is stored." }];
}

function compareDoubt(before: Policy, after: Policy): PolicyChange[] {
  const changes: PolicyChange[] = [];
  if (before.onUnknown !== after.onUnknown)
    changes.push(
      after.onUnknown === "send"
        ? {
            field: "onUnknown",
            effect: "widens",
            sentence: "Calls whose place cannot be judged beforehand are sent.",
          }
        : {
            field: "onUnknown",
            effect: "tightens",
            sentence: "Calls whose place cannot be judged beforehand are refused.",
          },
    );
  if (before.onEvidenceLoss !== after.onEvidenceLoss)
    changes.push(
      after.onEvidenceLoss === "spool"
        ? {
            field: "onEvidenceLoss",
            effect: "widens",
            sentence: `Where evidence cannot be written, calls go on for ${spoolTime}.`,
          }
        : {
            field: "onEvidenceLoss",
            effect: "tightens",
            sentence: "Calls are refused where evidence cannot be written.",
          },
    );
  return changes;
}

function compareEnforcement(before: Policy, after: Policy): PolicyChange[] {
  const was = before.enforcement;
  const is = after.enforcement;
  const field = "enforcement";
  if (was.mode === "block" && is.mode === "block") return [];
  if (is.mode === "block")
    return [
      {
        field,
        effect: "tightens",
        sentence: `Calls outside policy are stopped from now on; so far they were ${soFar(was)}.`,
      },
    ];
  const end = is.until === null ? "without an end" : `until ${dayOf(is.until)}`;
  if (was.mode === "block")
    return [
      {
        field,
        effect: "widens",
        sentence: `Calls outside policy are sent and judged ${end}; so far they were stopped.`,
      },
    ];
  if (endKey(was.until) === endKey(is.until)) return [];
  const later = endKey(is.until) > endKey(was.until);
  const previous = was.until === null ? "without an end" : `until ${dayOf(was.until)}`;
  const sentence = `Calls outside policy are sent and judged ${end} instead of ${previous}.`;
  return [{ field: "enforcement.until", effect: later ? "widens" : "tightens", sentence }];
}

/** Whether the end lies behind us is for the reader's clock to say: both of it is named. */
function soFar(was: Enforcement): string {
  if (was.mode === "block" || was.until === null) return "sent and judged";
  return `sent and judged until ${dayOf(was.until)}, and stopped from then on`;
}

function dayOf(until: string): string {
  return `${until.slice(0, 10)} ${until.slice(11, 16)} UTC`;
}

/** Observing without an end outlasts every date. */
function endKey(until: string | null): string {
  return until === null ? "~" : instantKey(until);
}
