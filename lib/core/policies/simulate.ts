import { classifyHost } from "../regions/classify-host.ts";
import { regionName } from "../regions/host-of-region.ts";
import { describeReason } from "../verdicts/describe-reason.ts";
import { hostOfTarget, parseTarget } from "./parse-target.ts";
import { placeWords } from "./place-words.ts";
import { type Plan, type PlanInput, plan } from "./plan.ts";
import type { RestrictableClaim } from "./policy.ts";
import { allowedCountries, hostWithin } from "./requirements.ts";
import { routedRegion } from "./route.ts";

export type SimulationStep = {
  readonly title: string;
  /** `passed`: this rule lets the call on. `stopped`: it is what stops it, or would. `noted`: it decides nothing. */
  readonly outcome: "passed" | "stopped" | "noted";
  readonly sentence: string;
};

export type Simulation = {
  readonly plan: Plan;
  /** "A call for a subject in ES with gpt-4o goes to eu.api.openai.com (Europe)." */
  readonly sentence: string;
  readonly steps: readonly SimulationStep[];
};

/** What becomes of a call under a policy and why, step by step, by the plan that the gateway itself follows. */
export function simulate(input: PlanInput): Simulation {
  const planned = plan(input);
  return { plan: planned, sentence: conclusion(input, planned), steps: stepsOf(input, planned) };
}

function conclusion(input: PlanInput, planned: Plan): string {
  const who = input.subjectCountry === null ? "A call" : `A call for a subject in ${input.subjectCountry}`;
  const what = input.model === null ? "" : ` with ${input.model}`;
  if (planned.kind === "refuse") return `${who}${what} is stopped before it leaves.`;
  const place = regionName(
    classifyHost(planned.host, input.catalog, input.policy.customHosts).region,
    input.catalog,
  );
  const flagged =
    planned.wouldBlock === null ? "" : ", is judged, and would be stopped once the policy blocks";
  return `${who}${what} goes to ${planned.host}, ${place}${flagged}.`;
}

function stepsOf(input: PlanInput, planned: Plan): SimulationStep[] {
  const { policy, catalog } = input;
  const objection = planned.kind === "refuse" ? planned : planned.wouldBlock;
  const routed = routedRegion(policy, input.subjectCountry);
  const asked = input.requestedTarget ?? input.keyTarget;
  const target = parseTarget(asked, catalog, policy.customHosts);
  const host = hostOfTarget(target, routed, catalog);
  const steps = [askedFor(input, asked), ...(target.kind === "policy" ? [routing(input, routed)] : [])];
  if (host === null || objection?.code === "unknown_target")
    return [
      ...steps,
      { title: "Host", outcome: "stopped", sentence: objection?.message ?? "There is no such host." },
    ];
  const within = hostWithin(host, policy, catalog);
  if (!within || objection?.reason === "subject_region_mismatch")
    return [...steps, objected("Host", objection), ...ending(planned)];
  steps.push({ title: "Host", outcome: "passed", sentence: hostFits(input, host.host, host.region) });
  if (input.carriesContent === false)
    return [
      ...steps,
      { title: "Content", outcome: "noted", sentence: "It carries no content, so only its host counts." },
    ];
  if (objection !== null) return [...steps, objected("What it asks for", objection), ...ending(planned)];
  const sentence = policy.global.allowed
    ? "Somebody accepted the global host, so nothing more is asked of the place. Models and features are allowed."
    : "Endpoint, model, features, service tier and pin: nothing that is known speaks against it.";
  return [...steps, { title: "What it asks for", outcome: "passed", sentence }, ...doubts(input)];
}

/** What a policy that sends the unknown lets go, and another would have refused: it may stay not verifiable. */
function doubts(input: PlanInput): SimulationStep[] {
  if (input.policy.onUnknown === "refuse") return [];
  const careful = plan({
    ...input,
    policy: { ...input.policy, onUnknown: "refuse", enforcement: { mode: "block" } },
  });
  if (careful.kind === "send") return [];
  const { title, sentence } = describeReason(careful.reason);
  return [{ title: "Doubt", outcome: "noted", sentence: `${title}. ${sentence}` }];
}

function askedFor({ requestedTarget }: PlanInput, asked: string): SimulationStep {
  const sentence =
    asked.trim().toLowerCase() === "policy"
      ? "Key and request leave the place to the policy."
      : requestedTarget === null
        ? `The key asks for ${asked}.`
        : `The request itself asks for ${asked}; that goes before the target of the key.`;
  return { title: "Target", outcome: "noted", sentence };
}

function routing({ policy, subjectCountry, catalog }: PlanInput, routed: string): SimulationStep {
  const place = regionName(routed, catalog);
  const step = (sentence: string): SimulationStep => ({ title: "Routing", outcome: "noted", sentence });
  if (policy.routing.kind === "home") return step(`The policy sends every call home: ${place}.`);
  if (subjectCountry === null)
    return step(`No country of the subject is declared, so it goes home: ${place}.`);
  return Object.hasOwn(policy.routing.map, subjectCountry)
    ? step(`The policy routes subjects in ${subjectCountry} to ${place}.`)
    : step(`The policy names no region for ${subjectCountry}, so it goes home: ${place}.`);
}

const claimWords: readonly (readonly [RestrictableClaim, string])[] = [
  ["inference", "inference"],
  ["storage", "storage"],
  ["handling", "handling"],
  ["ingress", "the end of TLS"],
];

function hostFits({ policy, catalog }: PlanInput, host: string, region: string | null): string {
  if (region === null) return `${host} was admitted by name.`;
  if (region === "global") return `${host} promises no place; the policy allows it.`;
  const rules = claimWords.flatMap(([claim, word]) => {
    const countries = allowedCountries(policy, claim);
    return countries === null ? [] : [`${word} in ${placeWords(countries, catalog)}`];
  });
  const place = regionName(region, catalog);
  if (rules.length === 0) return `${host} is ${place}; the policy asks for no place.`;
  return `Every country of ${place} is allowed: the policy wants ${rules.join(", ")}.`;
}

function objected(
  title: string,
  objection: { reason: Parameters<typeof describeReason>[0]; message: string } | null,
): SimulationStep {
  if (objection === null) return { title, outcome: "stopped", sentence: "The policy does not allow it." };
  const message = objection.message.replace(/ Nothing was sent\.$/, "");
  return { title, outcome: "stopped", sentence: `${describeReason(objection.reason).title}. ${message}` };
}

function ending(planned: Plan): SimulationStep[] {
  if (planned.kind === "refuse") return [];
  const sentence = "The policy observes: the call is sent, judged and flagged.";
  return [{ title: "Enforcement", outcome: "noted", sentence }];
}
