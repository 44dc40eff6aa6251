import fs from "node:fs";
import path from "node:path";
import { openHome } from "../state/home.ts";
import { tryLockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { masterKey, previousMasterKey } from "../state/secrets.ts";
import { loadDotEnv, readSettings } from "../state/settings.ts";
import { generateClient, needsGenerate } from "../supervisor/build.ts";
import { deploymentFor } from "../supervisor/run-alone.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { readImportArgs } from "./import-args.ts";
import type { ImportUrls } from "./import-file.ts";

/**
 * Records the calls of a file by the verbs of the page. Where a worker runs it does the recording; else this does.
 * Exit status 0: every line was taken; 1: some were not, or it failed.
 */
export async function importCommand(args: string[]): Promise<void> {
  try {
    const given = readImportArgs(args);
    if (!fs.existsSync(given.file)) throw new OperatorError(`There is no file ${given.file}.`);
    // Now, and not when the file is recorded and its errors are due.
    if (given.errors !== null && !fs.existsSync(path.dirname(given.errors)))
      throw new OperatorError(`There is no folder ${path.dirname(given.errors)} for the error file.`);
    loadDotEnv();
    const settings = readSettings();
    demandStore(settings);
    openHome(settings.home);
    const { addresses, stop } = await storeFor(settings);
    try {
      process.env.DOMICILE_MASTER_KEY ||= masterKey(settings.home);
      process.env.DOMICILE_MASTER_KEY_PREVIOUS ||= previousMasterKey(settings.home);
      const { importFile } = await import("./import-file.ts");
      process.exitCode = await importFile(given, addresses);
    } finally {
      await stop();
    }
    process.exit();
  } catch (error) {
    reportAndExit(refusalWords(error) ?? error);
  }
}

/** A database that nobody has made yet has no tenant to import for, and this command makes none. */
function demandStore({ home, databaseUrl }: ReturnType<typeof readSettings>): void {
  if (databaseUrl || fs.existsSync(path.join(home, "postgres.json"))) return;
  throw new OperatorError(
    `Nothing has been started from ${home} yet, so there is no tenant to import for. Run npm start once, or set DOMICILE_HOME or DATABASE_URL to what you use.`,
  );
}

/** What the verbs refuse, in their words: an unknown tenant, an application, a mapping. */
function refusalWords(error: unknown): OperatorError | null {
  if (!(error instanceof Error) || error.name !== "Refusal") return null;
  const { fields = [] } = error as { fields?: readonly { field: string; message: string }[] };
  return new OperatorError(
    [error.message, ...fields.map(({ field, message }) => `${field}: ${message}`)].join("\n"),
  );
}

type Store = { readonly addresses: ImportUrls; stop(): Promise<void> };

/** The database of the product that runs here or elsewhere; where none runs, ours is started for as long as it takes. */
async function storeFor(settings: ReturnType<typeof readSettings>): Promise<Store> {
  const lock = tryLockHome(settings.home);
  if (lock === null || settings.databaseUrl) {
    lock?.release();
    const [web, worker] = [await deploymentFor("web"), await deploymentFor("worker")];
    const addresses = {
      urls: { web: web.urls.web, worker: worker.urls.worker },
      directUrls: { ...web.directUrls, ...worker.directUrls },
    };
    return { addresses, stop: async () => undefined };
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
    return { addresses: { urls: await roleUrls(settings, store), directUrls: {} }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
