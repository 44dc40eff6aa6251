import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "../scripts/postgres/ports.ts";
import { npmCommand } from "../scripts/runtime.mjs";
import { checkout, readJson } from "../scripts/state/home.ts";
import type { BenchResult } from "./bench-result.ts";
import { type Start, startProduct } from "./boot/running-product.ts";
import { rounded } from "./gateway/samples.ts";

const run = promisify(execFile);
/** As `npm start` installs. */
const installArgs = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--omit=dev"];

/**
 * The product's first start in a fresh clone of this checkout's last commit, and its second one there; beside `npm ci`
 * alone in another clone. Packages come from npm's cache where it has them, the reference's always: it is taken last.
 */
export async function measure(): Promise<BenchResult> {
  const loadBefore = rounded(os.loadavg()[0] ?? 0);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => stopping.abort(new Error(`Stopped by ${signal}.`)));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-bench-boot-"));
  // PostgreSQL runs as another user where we are root.
  fs.chmodSync(folder, 0o755);
  try {
    const product = path.join(folder, "product");
    const reference = path.join(folder, "reference");
    const commit = await clone(product, stopping.signal);
    console.log(`Load of the machine before: ${loadBefore}. Commit ${commit}.`);
    const env = await cleanEnv();
    const first = await startAndStop("first", product, env, stopping.signal);
    const second = await startAndStop("second", product, env, stopping.signal);
    await clone(reference, stopping.signal);
    const npmCiSeconds = rounded(await install(reference, env, stopping.signal));
    console.log(`npm ci alone, in another clone: ${npmCiSeconds} s`);
    return {
      ratios: {
        second_vs_first: Math.round((second.seconds / first.seconds) * 1_000) / 1_000,
        first_vs_npm_ci: rounded(first.seconds / npmCiSeconds),
      },
      figures: {
        loadBefore,
        processors: os.availableParallelism(),
        commit,
        first_start_s: first.seconds,
        second_start_s: second.seconds,
        npm_ci_s: npmCiSeconds,
        firstSteps: first.steps,
        secondSteps: second.steps,
        stopSeconds: [first.stopSeconds, second.stopSeconds],
      },
    };
  } finally {
    remove(folder);
  }
}

async function startAndStop(name: string, folder: string, env: NodeJS.ProcessEnv, unwanted: AbortSignal) {
  const { seconds, steps, stop }: Start = await startProduct(folder, env, unwanted);
  const stopSeconds = await stop();
  unwanted.throwIfAborted();
  const of = { seconds: rounded(seconds), steps, stopSeconds: rounded(stopSeconds) };
  console.log(`${name} start: ${of.seconds} s until it is ready, stopped in ${of.stopSeconds} s`);
  for (const [step, took] of Object.entries(steps)) console.log(`  ${step.padEnd(44)} ${took} s`);
  return of;
}

/** The last commit, as it stands there: what is not committed is not measured. */
async function clone(folder: string, signal: AbortSignal): Promise<string> {
  await run("git", ["clone", "--quiet", checkout, folder], { signal });
  const { stdout } = await run("git", ["-C", folder, "rev-parse", "--short", "HEAD"], { signal });
  return stdout.trim();
}

async function install(folder: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  const { command, args } = npmCommand();
  const began = performance.now();
  await run(command, [...args, ...installArgs], { cwd: folder, env, signal, maxBuffer: 16_777_216 });
  return (performance.now() - began) / 1_000;
}

/** What somebody has who never configured anything, and free ports. */
async function cleanEnv(): Promise<NodeJS.ProcessEnv> {
  const ours =
    /^(DOMICILE_|DATABASE_|NEXTAUTH_|PG|PORT$|GATEWAY_|HOST$|LOG_LEVEL$|TEST_|VITEST|NODE_ENV$|npm_(?!config_))/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return {
    ...(Object.fromEntries(kept) as NodeJS.ProcessEnv),
    PORT: String(await freePort()),
    GATEWAY_PORT: String(await freePort()),
    PGPORT: String(await freePort()),
  };
}

/** Also the database, where PostgreSQL's user could not enter the clone and it was put elsewhere. */
function remove(folder: string): void {
  const place = readJson<{ folder: string }>(path.join(folder, "product/.domicile/postgres.json"));
  for (const each of [place?.folder ?? folder, folder])
    fs.rmSync(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
