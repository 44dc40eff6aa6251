import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { directRoleUrls, migrate, roleUrls, type Store } from "../database/prepare.ts";
import { OperatorError } from "../state/operator-error.ts";
import { previousMasterKey } from "../state/secrets.ts";
import type { Settings } from "../state/settings.ts";
import { planDemo, seedDemo } from "./demo.ts";
import { step } from "./progress.ts";
import type { Deployment } from "./services.ts";

/** The database as the services expect it: migrated, with a role for each of them, in a demo with its story. */
export async function prepareDeployment(
  settings: Settings,
  store: Store,
  masterKey: string,
  development: boolean,
): Promise<Deployment> {
  await step("Migrating the database (prisma migrate deploy)", "Database migrated", async () => {
    await migrate(settings, store);
    await requireSameMasterKey(settings, store, masterKey);
  });
  const urls = await roleUrls(settings, store);
  const { demo, seed } = await planDemo(settings, store);
  if (seed)
    await step("Playing the demo story", "Demo story played", () => seedDemo(settings, store, masterKey));
  return {
    settings,
    masterKey,
    previousMasterKey: previousMasterKey(settings.home),
    urls,
    directUrls: directRoleUrls(settings, store, urls),
    demo,
    development,
  };
}

async function requireSameMasterKey(settings: Settings, store: Store, masterKey: string): Promise<void> {
  const program = fileURLToPath(new URL("../database/check-master-key.ts", import.meta.url));
  const env = {
    ...process.env,
    DATABASE_URL: store.ownerUrl,
    DOMICILE_MASTER_KEY: masterKey,
    DOMICILE_MASTER_KEY_PREVIOUS: previousMasterKey(settings.home),
  };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  if (code !== 3)
    throw new OperatorError(`The master key could not be checked against the database.\n\n${output.trim()}`);
  const source = process.env.DOMICILE_MASTER_KEY
    ? "DOMICILE_MASTER_KEY"
    : path.join(settings.home, "secrets.json");
  throw new OperatorError(
    `The master key in ${source} is not the one this database stands on: what is stored under it could not be read. ` +
      "Bring back the one it was begun with or last moved to, from a backup of DOMICILE_HOME/secrets.json or wherever it was set.",
  );
}
