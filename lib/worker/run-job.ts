import { setTimeout as wait } from "node:timers/promises";
import { log } from "../log.ts";
import type { Lead, Leads } from "../services/jobs/open-leads.ts";

/** Something that runs by itself, in one worker at a time. */
export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** One pass. Safe to repeat: the next leader begins where this one stopped. A long one ends early on the signal. */
  readonly run: (lead: Lead, signal: AbortSignal) => Promise<void>;
};

/** Runs a job in every interval in which this worker leads it, until the signal. A pass that is under way is finished. */
export async function runJob(job: Job, leads: Leads, signal: AbortSignal): Promise<void> {
  let lead: Lead | null = null;
  while (!signal.aborted) {
    try {
      if (lead !== null && !(await lead.isHeld())) {
        await lead.release().catch(() => undefined);
        lead = null;
      }
      lead ??= await leads.take(job.name);
      if (lead !== null) await job.run(lead, signal);
    } catch (error) {
      log.error({ err: error, job: job.name }, "a pass of a job failed; the next one tries again");
    }
    await wait(job.everyMs, undefined, { signal }).catch(() => undefined);
  }
  await lead?.release().catch(() => undefined);
}
