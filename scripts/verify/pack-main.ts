import process from "node:process";
import { isMainThread } from "node:worker_threads";
import { answerJobs } from "./pack-thread.ts";
import { verifyPackCommand } from "./verify-pack.ts";

// The one file that is offered for download begins here, as its main thread and as each of its others.
if (isMainThread) process.exitCode = await verifyPackCommand(process.argv.slice(2), new URL(import.meta.url));
else answerJobs();
