// `node --import` this: a service never outlives its supervisor, even one ended by SIGKILL.
import { isMainThread } from "node:worker_threads";

const graceMs = 15_000;

if (isMainThread) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
  }, 300);
  watch.unref();
}
