// `node --import with-parent.mjs?supervisor=PID`: a service never outlives its supervisor, even one ended by SIGKILL.
// The number is told and not looked up: a supervisor that dies while its service is still loading leaves a
// service that would take its new parent for the one to watch.
import { isMainThread } from "node:worker_threads";

// Longer than the supervisor itself would wait: nobody is left to look after what is killed.
const graceMs = (Number(process.env.DOMICILE_DRAIN_SECONDS || 6) + 9) * 1_000;
const supervisor = new URL(import.meta.url).searchParams.get("supervisor");

// What a service forks (`next dev` does) inherits this import with the supervisor's number: it watches the service.
const [inherited, forker] = (process.env.DOMICILE_FORKED_BY ?? "").split(":");
const parent = Number(inherited === supervisor ? forker : supervisor);

if (isMainThread) {
  process.env.DOMICILE_FORKED_BY = `${supervisor}:${process.pid}`;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
  }, 300);
  watch.unref();
}
