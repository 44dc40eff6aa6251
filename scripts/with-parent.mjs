// `node --import with-parent.mjs?supervisor=PID`: a service never outlives its supervisor, even one ended by SIGKILL.
// The number is told and not looked up: a supervisor that dies while its service is still loading leaves a
// service that would take its new parent for the one to watch.
import { isMainThread } from "node:worker_threads";

const graceMs = 15_000;
const told = Number(new URL(import.meta.url).searchParams.get("supervisor"));
// Under `node --watch` the parent is the watcher, which ends with the supervisor.
const parent = process.env.WATCH_REPORT_DEPENDENCIES ? process.ppid : told || process.ppid;

if (isMainThread) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
  }, 300);
  watch.unref();
}
