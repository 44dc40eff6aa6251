import fs from "node:fs";
import { isServerOf, stopPostmaster } from "./postmaster.ts";

const [supervisor, postmaster, dataDir, keeperFile] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
];
const pid = Number(postmaster);
/** Time for the services to write what they hold before the server goes. */
const serviceGraceMs = 3_000;

const onDuty = (): boolean => {
  try {
    return Number(fs.readFileSync(keeperFile, "utf8")) === process.pid;
  } catch {
    return false;
  }
};
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

// A new parent is surer than asking for a process id that may be in use again.
const supervisorLives = (): boolean => process.ppid === Number(supervisor);

await wait(500);
while (supervisorLives() && isServerOf(pid, dataDir)) await wait(300);
if (isServerOf(pid, dataDir) && onDuty()) {
  await wait(serviceGraceMs);
  if (onDuty()) await stopPostmaster(pid, dataDir);
}
