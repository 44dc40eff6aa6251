import { type JobLead, takeLead as take } from "../../db/job-lock.ts";

export type Lead = JobLead;

/** The lead of a job of our own; null while another worker has it. */
export async function takeLead(job: string): Promise<Lead | null> {
  return take(job);
}
