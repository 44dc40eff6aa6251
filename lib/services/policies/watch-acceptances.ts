import { dayMs } from "../../core/calendar.ts";
import { acceptancesDue, acceptanceWords } from "../../core/policies/acceptances-due.ts";
import { watchPolicies } from "./policy-case.ts";

const noticeDays = 14;

/**
 * Tells people 14 days before what somebody accepted by name has to be reviewed, by a finding, and again when that day has passed;
 * closes it when a newer version renewed the acceptance or needs none. Safe to repeat. Answers how many findings it opened and closed.
 */
export function watchAcceptances(now: Date): Promise<{ opened: number; closed: number }> {
  return watchPolicies("acceptance_due", now, async ({ newest, policy, known, toldAt, say, open, close }) => {
    const day = (ahead: number) => new Date(now.getTime() + ahead * dayMs).toISOString().slice(0, 10);
    const due = acceptancesDue(policy, day(0), day(noticeDays));
    if (due.length === 0) {
      if (!known || known.state === "resolved") return null;
      await close(`Version ${newest.version} asks for no review within ${noticeDays} days.`);
      return "closed";
    }
    const passed = due
      .filter(({ isOver }) => isOver)
      .map(({ reviewOn }) => Date.parse(`${reviewOn}T00:00:00Z`) + dayMs);
    const isBefore = (moment: Date | null) => moment !== null && passed.some((end) => moment.getTime() < end);
    if (known && known.state !== "resolved") {
      if (isBefore(await toldAt())) await say(acceptanceWords(due));
      return null;
    }
    // What people resolved for this version stays so until a day has passed that they had before them.
    if (known?.resolvedAt && known.resolvedAt >= newest.effectiveAt && !isBefore(known.resolvedAt))
      return null;
    await open(acceptanceWords(due));
    return "opened";
  });
}
