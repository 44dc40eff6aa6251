import { type JobLead, type Leads, openLeads as open } from "../../db/job-lock.ts";

export type Lead = JobLead;
export type { Leads };

/** The leads of this process's jobs, over one connection. */
export function openLeads(): Leads {
  return open();
}
