import type { TargetOutlook } from "../../lib/contracts/playground.ts";

export type ProbeTargets = { readonly first: string; readonly second: string };

/**
 * What a probe begins with: two places to which the policy lets a call go with a key that is there; then those where an
 * observing policy would record what it broke. Where there are no two, Europe and the global host: the page says what the
 * policy would do.
 */
export function probeTargets(outlooks: readonly TargetOutlook[] | undefined): ProbeTargets {
  const reachable = (outlooks ?? []).filter(
    ({ target, hasCredential }) => target !== "policy" && hasCredential,
  );
  const those = (outlook: TargetOutlook["outlook"]): string[] =>
    liked(reachable.filter((each) => each.outlook === outlook).map(({ target }) => target));
  const [first = "eu", ...others] = [...those("sent"), ...those("flagged")];
  return { first, second: others[0] ?? (first === "global" ? "eu" : "global") };
}

/** Europe and the global host before the others: what they differ by is asked most. */
function liked(targets: readonly string[]): string[] {
  const usual = ["eu", "global"].filter((target) => targets.includes(target));
  return [...usual, ...targets.filter((target) => !usual.includes(target))];
}
