import { gradeAtLeast } from "../calls/evidence.ts";
import type { UsedObject } from "../calls/provider-object.ts";
import type { Catalog } from "../regions/catalog.ts";
import { findRegion } from "../regions/host-of-region.ts";
import type { Reason } from "../verdicts/verdict.ts";
import type { Policy } from "./policy.ts";
import { allowedCountries, isSubset, restricts } from "./requirements.ts";

export type ObjectsQuestion = {
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** Names of request fields that use stored objects; absent: nobody looked. */
  readonly storedStateRefs?: readonly string[] | undefined;
  /** The objects, with their births; absent: nobody looked. */
  readonly objectsUsed?: readonly UsedObject[] | undefined;
};

export type ObjectShortfalls = { readonly adverse: readonly Reason[]; readonly open: readonly Reason[] };

const fine: ObjectShortfalls = { adverse: [], open: [] };

/**
 * Holds the births of the stored objects that a call uses against the places the policy demands of storage
 * and handling. A birth that nobody recorded, or that rests on less than the policy asks for, clears nothing.
 */
export function assessObjects(question: ObjectsQuestion): ObjectShortfalls {
  const { policy, storedStateRefs = [], objectsUsed } = question;
  if (!boundClaims.some((claim) => restricts(policy, claim))) return fine;
  // A field that names an object of which nothing else is known.
  const unnamed = storedStateRefs.length > 0 && (objectsUsed ?? []).length === 0;
  const states = (objectsUsed ?? []).map((object) => stateOf(object, question));
  return {
    adverse: states.includes("elsewhere") ? ["resource_born_elsewhere"] : [],
    open: unnamed || states.includes("unknown") ? ["resource_birth_unknown"] : [],
  };
}

/** True when every object that was born elsewhere is known to be so from a log alone. */
export function birthsAreReported(question: ObjectsQuestion): boolean {
  const elsewhere = (question.objectsUsed ?? []).filter(
    (object) => stateOf(object, question) === "elsewhere",
  );
  return elsewhere.every(({ birth }) => birth !== null && !gradeAtLeast(birth.grade, "C"));
}

const boundClaims = ["storage", "handling"] as const;

function stateOf(
  { birth }: UsedObject,
  { policy, catalog }: ObjectsQuestion,
): "here" | "elsewhere" | "unknown" {
  if (birth === null || birth.grade === "E") return "unknown";
  if (birth.region === "global") return "elsewhere";
  const region = findRegion(birth.region, catalog);
  if (region === null) return "unknown";
  const inside = boundClaims.every((claim) => isSubset(region.countries, allowedCountries(policy, claim)));
  if (!inside) return "elsewhere";
  const strongEnough = boundClaims.every(
    (claim) => !restricts(policy, claim) || gradeAtLeast(birth.grade, policy.minimumGrade[claim]),
  );
  return strongEnough ? "here" : "unknown";
}
