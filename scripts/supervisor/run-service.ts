import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { checkout } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { isStopping, spawnTracked } from "./children.ts";
import { logLimits, shiftLogs } from "./rotate-log.ts";
import { withRotation } from "./rotate-log-arg.ts";
import { type Deployment, type ServiceName, serviceArgs, serviceEnv } from "./services.ts";
import { wordsOfEnd } from "./words-of-end.ts";

export type RunningService = {
  name: ServiceName;
  child: ChildProcess;
  logFile: string;
  died: Promise<OperatorError>;
};

/** Starts a service whose output goes to `DOMICILE_HOME/logs`, a few older files kept beside it. */
export function runService(name: ServiceName, deployment: Deployment): RunningService {
  const logFile = path.join(deployment.settings.home, "logs", `${name}.log`);
  const log = deployment.development ? "inherit" : openLog(logFile);
  const rotation = deployment.development ? [] : withRotation(logFile);
  // The file itself and no pipe: a service must not fail at writing because its supervisor was killed.
  const child = spawnTracked(process.execPath, [...rotation, ...serviceArgs(name, deployment)], {
    cwd: checkout,
    env: serviceEnv(name, deployment),
    stdio: ["ignore", log, log],
  });
  if (typeof log === "number") fs.closeSync(log);
  const died = new Promise<OperatorError>((resolve) => {
    child.once("error", (cause) =>
      resolve(new OperatorError(`${name} could not be started: ${cause.message}`)),
    );
    child.once("exit", (code, signal) => {
      if (!isStopping())
        resolve(
          new OperatorError(
            wordsOfEnd(name, { how: signal ?? `exit status ${code}`, logFile, tail: tailOf(logFile) }),
          ),
        );
    });
  });
  return { name, child, logFile, died };
}

/** Asks until the answer is a success; rejects when the service dies first. */
export async function whenHealthy(service: RunningService, url: string, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  const healthy = async (): Promise<void> => {
    for (;;) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      if (Date.now() > deadline) {
        throw new OperatorError(
          `${service.name} did not answer at ${url} within ${withinMs / 1000} s.\n${tailOf(service.logFile)}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await Promise.race([healthy(), service.died.then((error) => Promise.reject(error))]);
}

function openLog(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (fs.existsSync(file)) {
    shiftLogs(file, logLimits.kept);
    fs.renameSync(file, `${file}.1`);
  }
  return fs.openSync(file, "a", 0o600);
}

function tailOf(file: string): string {
  if (!fs.existsSync(file)) return "";
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n");
}
