import type { TargetOutlook } from "../../lib/contracts/playground.ts";

export type ProbeTargets = { readonly first: string; readonly second: string };

/**
 * What a probe begins with: two places to which the policy lets a call go with a key that is there. Where there are no two,
 * Europe and the global host; the page says what the policy would do.
 */
export function probeTargets(outlooks: readonly TargetOutlook[] | undefined): ProbeTargets {
  const open = (outlooks ?? [])
    .filter(
      ({ target, outlook, hasCredential }) => target !== "policy" && outlook !== "refused" && hasCredential,
    )
    .map(({ target }) => target);
  const first = open.includes("eu") ? "eu" : (open[0] ?? "eu");
  const others = open.filter((target) => target !== first);
  const second = others.includes("global") ? "global" : others[0];
  return { first, second: second ?? (first === "global" ? "eu" : "global") };
}
