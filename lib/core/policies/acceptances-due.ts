import type { GlobalAcceptance, Policy } from "./policy.ts";

/** An acceptance whose day of review is near, or has passed without anybody renewing it. */
export type AcceptanceDue = {
  readonly what: string;
  /** UTC day. */
  readonly reviewOn: string;
  readonly isOver: boolean;
};

/**
 * Acceptances of a policy to be reviewed by `soon`. `today` and `soon` are UTC days. The day itself still counts as one on which
 * it can be reviewed.
 */
export function acceptancesDue(policy: Policy, today: string, soon: string): AcceptanceDue[] {
  return acceptancesOf(policy)
    .filter(({ reviewOn }) => reviewOn <= soon)
    .map(({ what, reviewOn }) => ({ what, reviewOn, isOver: reviewOn < today }));
}

function acceptancesOf({ global, inferenceElsewhere }: Policy) {
  const named = (what: string, by: GlobalAcceptance | null | undefined) =>
    by ? [{ what, reviewOn: by.reviewOn }] : [];
  return [
    ...named("that the global host promises no place", global.allowed ? global.acceptance : null),
    ...named("that inference runs elsewhere", inferenceElsewhere),
  ];
}

/** "The acceptance that inference runs elsewhere was to be reviewed by 2026-11-22; nobody renewed it." of each. */
export function acceptanceWords(due: readonly AcceptanceDue[]): string {
  return due
    .map(({ what, reviewOn, isOver }) =>
      isOver
        ? `The acceptance ${what} was to be reviewed by ${reviewOn}; nobody renewed it.`
        : `The acceptance ${what} is to be reviewed by ${reviewOn}.`,
    )
    .join(" ");
}

/** Of a policy that was in force until this UTC day: which acceptance it went on with beyond its day of review. */
export function lapsedWords(policy: Policy, until: string): string[] {
  return acceptancesDue(policy, until, until)
    .filter(({ isOver }) => isOver)
    .map(
      ({ what, reviewOn }) =>
        `The acceptance ${what} was to be reviewed by ${reviewOn}; the policy was in force beyond that day, and nobody had renewed it.`,
    );
}
