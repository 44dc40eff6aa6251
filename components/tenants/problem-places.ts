import { createTenantInput } from "../../lib/contracts/tenants.ts";
import { policyProblems } from "../../lib/core/policies/check-policy.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { isChosen, policyOf, type TenantForm, tenantInput } from "./tenant-form.ts";

type FieldProblem = { readonly field: string; readonly message: string };

/** What contract and policy rules refuse of the form, by the place in the form that shows it. */
export function formProblems(form: TenantForm, now: Date): Record<string, string> {
  // Whatever the preset, what is wrong beside it is told at once.
  const chosen = isChosen(form) ? form : { ...form, preset: "no_location_requirement" as const };
  const unchosen: Record<string, string> = isChosen(form) ? {} : { preset: "Choose where calls may go." };
  const parsed = createTenantInput.safeParse(tenantInput(chosen));
  if (parsed.success)
    return isChosen(form)
      ? placeProblems(policyProblems(policyOf(form), openaiCatalog, now.toISOString()))
      : unchosen;
  const placed = placeProblems(
    parsed.error.issues.map(({ path, message }) => ({
      field: path.join("."),
      message: inWords(path, message),
    })),
  );
  return { ...placed, ...unchosen };
}

/**
 * The place in the form for each problem, the first message of each place. The server speaks of the policy's
 * own fields; whatever has no place of its own is about the preset as a whole.
 */
export function placeProblems(problems: readonly FieldProblem[]): Record<string, string> {
  const placed: Record<string, string> = {};
  for (const { field, message } of problems) placed[placeOf(field)] ??= message;
  return placed;
}

function placeOf(field: string): string {
  const own = ["name", "slug", "mode", "preset", "homeRegion", "enforcement"];
  const [head = ""] = field.split(".");
  const acceptance = /^(?:acceptance|global\.acceptance|inferenceElsewhere)(?:\.(\w+))?$/.exec(field);
  if (acceptance) return acceptance[1] ?? "acceptance";
  if (own.includes(head)) return head;
  return "preset";
}

const words: Readonly<Record<string, string>> = {
  name: "Give the tenant a name.",
  "acceptance.acceptedBy": "Name the person who accepts it.",
  "acceptance.reason": "Give the reason in at least 20 characters.",
  "acceptance.reviewOn": "Choose the day of the review.",
};

function inWords(path: readonly PropertyKey[], message: string): string {
  return words[path.join(".")] ?? message;
}
