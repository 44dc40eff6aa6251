import path from "node:path";
import { parseArgs } from "node:util";
import { openHome } from "../state/home.ts";
import { tryLockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { loadDotEnv, readSettings } from "../state/settings.ts";
import { generateClient, needsGenerate } from "../supervisor/build.ts";
import { stopChildren } from "../supervisor/children.ts";
import { deploymentFor, runAs } from "../supervisor/run-alone.ts";
import { runService } from "../supervisor/run-service.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { withParent } from "../supervisor/with-parent-arg.ts";

/**
 * Asks for a pack and waits for it. Beside a product that runs, its worker builds and its signer signs; where nothing runs
 * from this folder, the embedded database and the signer are started for as long as it takes, and it builds itself.
 */
export async function writePack(args: string[]): Promise<void> {
  try {
    loadDotEnv();
    const wish = wishOf(args);
    const settings = readSettings();
    openHome(settings.home);
    const lock = tryLockHome(settings.home);
    const status = lock === null || settings.databaseUrl ? await ask(wish) : await askAlone(wish);
    lock?.release();
    process.exit(status);
  } catch (error) {
    reportAndExit(error);
  }
}

type Wish = { readonly tenant: string; readonly from: string; readonly to: string; readonly out: string };

async function ask(wish: Wish): Promise<number> {
  const args = [...withParent(), "lib/worker/pack.ts", JSON.stringify(wish)];
  const quiet = { LOG_LEVEL: process.env.LOG_LEVEL || "error" };
  return runAs("worker", await deploymentFor("worker"), args, quiet);
}

async function askAlone(wish: Wish): Promise<number> {
  const settings = readSettings();
  const { migrate, openStore, roleUrls } = await import("../database/prepare.ts");
  const store = await openStore(settings);
  try {
    if (needsGenerate()) await generateClient();
    await migrate(settings, store);
    await roleUrls(settings, store);
    runService("signer", await deploymentFor("signer"));
    return await ask(wish);
  } finally {
    await stopChildren();
    await store.server?.stop();
  }
}

function wishOf(args: string[]): Wish {
  const usage = new OperatorError("npm run pack -- --tenant SLUG --from ISO --to ISO --out FILE");
  const text = { type: "string" } as const;
  let values: { tenant?: string; from?: string; to?: string; out?: string };
  try {
    ({ values } = parseArgs({ args, options: { tenant: text, from: text, to: text, out: text } }));
  } catch {
    throw usage;
  }
  const { tenant, from, to, out } = values;
  if (!tenant || !from || !to || !out) throw usage;
  const [first, last] = [new Date(from), new Date(to)];
  if (Number.isNaN(first.getTime()) || Number.isNaN(last.getTime()) || first >= last)
    throw new OperatorError(
      "--from and --to are moments of ISO 8601, the former before the latter: 2026-10-01T00:00:00Z.",
    );
  return {
    tenant,
    from: first.toISOString(),
    to: last.toISOString(),
    // npm runs in the checkout, whatever folder it was called in.
    out: path.resolve(process.env.INIT_CWD ?? ".", out),
  };
}
