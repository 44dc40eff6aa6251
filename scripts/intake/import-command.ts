import fs from "node:fs";
import { openHome } from "../state/home.ts";
import { lockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { masterKey } from "../state/secrets.ts";
import { loadDotEnv, readSettings } from "../state/settings.ts";
import { generateClient, needsGenerate } from "../supervisor/build.ts";
import { deploymentFor } from "../supervisor/run-alone.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { readImportArgs } from "./import-args.ts";

/**
 * Records the calls of a file by the verbs of the page. Where a worker runs it does the recording; else this does.
 * Exit status 0: every line was taken; 1: some were not, or it failed.
 */
export async function importCommand(args: string[]): Promise<void> {
  try {
    const given = readImportArgs(args);
    if (!fs.existsSync(given.file)) throw new OperatorError(`There is no file ${given.file}.`);
    loadDotEnv();
    const settings = readSettings();
    openHome(settings.home);
    const { urls, stop } = await storeFor(settings);
    try {
      process.env.DOMICILE_MASTER_KEY ??= masterKey(settings.home);
      const { importFile } = await import("./import-file.ts");
      process.exitCode = await importFile(given, urls);
    } finally {
      await stop();
    }
    process.exit();
  } catch (error) {
    reportAndExit(error);
  }
}

type Store = { readonly urls: { readonly web: string; readonly worker: string }; stop(): Promise<void> };

/** The database of the product that runs here or elsewhere; where none runs, ours is started for as long as it takes. */
async function storeFor(settings: ReturnType<typeof readSettings>): Promise<Store> {
  const lock = tryLock(settings.home);
  if (lock === null || settings.databaseUrl) {
    lock?.release();
    const [web, worker] = [await deploymentFor("web"), await deploymentFor("worker")];
    return { urls: { web: web.urls.web, worker: worker.urls.worker }, stop: async () => undefined };
  }
  const { migrate, openStore, roleUrls } = await import("../database/prepare.ts");
  const store = await openStore(settings);
  const stop = async (): Promise<void> => {
    await store.server?.stop();
    lock.release();
  };
  try {
    if (needsGenerate()) await generateClient();
    await migrate(settings, store);
    return { urls: await roleUrls(settings, store), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function tryLock(home: string): ReturnType<typeof lockHome> | null {
  try {
    return lockHome(home);
  } catch {
    return null;
  }
}
