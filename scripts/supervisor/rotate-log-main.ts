import { isMainThread } from "node:worker_threads";
import { rotateLog } from "./rotate-log.ts";

// `node --import rotate-log-main.ts?…`: a service keeps the file short that its stdout and stderr go to. Its threads write
// through the main one; what it forks writes elsewhere.
const told = new URL(import.meta.url).searchParams;
const limits = { bytesMax: Number(told.get("bytesMax")), kept: Number(told.get("kept")) };
const file = told.get("file");

if (isMainThread && file !== null && process.ppid === Number(told.get("supervisor"))) {
  let busy = false;
  setInterval(
    async () => {
      if (busy) return;
      busy = true;
      // A disk that is full or a folder that is gone: the log stays as it is, and the next look tries again.
      await rotateLog(file, limits).catch(() => undefined);
      busy = false;
    },
    Number(told.get("everyMs")),
  ).unref();
}
