import { dayMs } from "../../core/calendar.ts";
import { observeEnd } from "../../core/policies/observe-end.ts";
import { watchPolicies } from "./policy-case.ts";

const noticeDays = 14;

/**
 * Tells people 14 days before a policy stops observing and begins to block, by a finding; closes it when that has come,
 * or when a newer version put it off. Safe to repeat. Answers how many findings it opened and closed.
 */
export function watchObserving(now: Date): Promise<{ opened: number; closed: number }> {
  return watchPolicies("observe_ending", now, async ({ newest, policy, known, open, close }) => {
    const soon = new Date(now.getTime() + noticeDays * dayMs);
    const end = observeEnd(policy, now.toISOString(), soon.toISOString());
    const { version } = newest;
    if (end.kind === "near") {
      // What people resolved for this version stays so; a later version with an end of its own is another matter.
      const settled = known && (known.resolvedAt === null || known.resolvedAt >= newest.effectiveAt);
      if (known && (known.state !== "resolved" || settled)) return null;
      await open(
        `Version ${version} observes until ${end.until} and stops calls outside policy from then on.`,
      );
      return "opened";
    }
    if (!known || known.state === "resolved") return null;
    await close(
      end.kind === "over"
        ? `Observing ended on ${end.until}: version ${version} blocks.`
        : end.kind === "none"
          ? `Version ${version} blocks by itself.`
          : `Version ${version} does not end to observe within ${noticeDays} days.`,
    );
    return "closed";
  });
}
