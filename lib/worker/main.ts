import { closeDatabases } from "../db/connection.ts";
import { log } from "../log.ts";
import { adoptCatalog } from "../services/deployment/adopt-catalog.ts";
import { checkDatabase } from "../services/deployment/check-database.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { openLeads } from "../services/jobs/open-leads.ts";
import { jobs } from "./jobs.ts";
import { runJob } from "./run-job.ts";

const stopping = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stopping.abort());

await checkDatabase();
await checkMasterKey();
await adoptCatalog();
log.info({ jobs: jobs.map(({ name }) => name) }, "worker ready");
// Jobs wait on unreferenced things between passes; this keeps the process until it is told to stop.
const alive = setInterval(() => undefined, 60_000);
const leads = openLeads();
await Promise.all(jobs.map((job) => runJob(job, leads, stopping.signal)));
clearInterval(alive);
await leads.close();
await closeDatabases();
log.info("worker stopped");
