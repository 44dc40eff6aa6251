import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export type Guard = { end(): void };

/**
 * Starts the process that stops the server when this one is gone, even by SIGKILL.
 * `keeper.pid` names the guard on duty: one that no longer stands there leaves the server alone, so that a
 * later run may take it over.
 */
export function guardPostmaster({ pid, dataDir }: { pid: number; dataDir: string }): Guard {
  const program = fileURLToPath(new URL("./guard-main.ts", import.meta.url));
  const keeperFile = path.join(path.dirname(dataDir), "keeper.pid");
  // Warnings of the runtime about itself are not for the operator.
  const args = [
    "--disable-warning=ExperimentalWarning",
    program,
    String(process.pid),
    String(pid),
    dataDir,
    keeperFile,
  ];
  const child: ChildProcess = spawn(process.execPath, args, { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  fs.writeFileSync(keeperFile, String(child.pid ?? 0));
  child.unref();
  return {
    end: () => {
      child.kill("SIGTERM");
    },
  };
}
