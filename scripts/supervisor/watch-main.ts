import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { withParent } from "./with-parent-arg.ts";

// `npm run dev`: runs a process and runs it anew when a file under lib changes. Node's own --watch does not load
// what would end it together with its supervisor.
const [program] = process.argv.slice(2) as [string];
const settleMs = 150;
let child: ChildProcess;
let ending = false;

function start(): void {
  child = spawn(process.execPath, [...withParent(), program], { stdio: ["ignore", "inherit", "inherit"] });
  child.once("exit", (code, signal) => {
    if (ending) process.exit(0);
    if (signal !== "SIGTERM")
      console.error(`${program} ended (${signal ?? code}); it starts again with the next change`);
  });
}

function restart(): void {
  const old = child;
  if (hasEnded(old)) start();
  else {
    old.once("exit", start);
    old.kill("SIGTERM");
  }
}

const hasEnded = (process: ChildProcess): boolean => process.exitCode !== null || process.signalCode !== null;

let timer: NodeJS.Timeout | undefined;
fs.watch("lib", { recursive: true }, (_event, file) => {
  if (!file?.endsWith(".ts") || file.endsWith(".test.ts")) return;
  clearTimeout(timer);
  timer = setTimeout(restart, settleMs);
});
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    ending = true;
    if (hasEnded(child)) process.exit(0);
    child.kill("SIGTERM");
  });
}
start();
