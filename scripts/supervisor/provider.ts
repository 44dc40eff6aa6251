import fs from "node:fs";
import path from "node:path";
import { isListening } from "../postgres/ports.ts";
import { readJson } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { type RunningService, runService } from "./run-service.ts";
import type { Deployment } from "./services.ts";

const withinMs = 60_000;

/** Starts the simulated provider, which writes where it listens into `provider.json`; the others are told from there. */
export async function startProvider(deployment: Deployment): Promise<RunningService> {
  const file = path.join(deployment.settings.home, "provider.json");
  fs.rmSync(file, { force: true });
  const provider = runService("provider", deployment);
  await Promise.race([whenUp(file), provider.died.then((error) => Promise.reject(error))]);
  return provider;
}

async function whenUp(file: string): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const written = readJson<{ port: number }>(file);
    if (written && (await isListening(written.port))) return;
    if (Date.now() > deadline) {
      throw new OperatorError(`The simulated provider did not come up within ${withinMs / 1000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
