import { migrate, roleUrls, type Store } from "../database/prepare.ts";
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
  await step("Migrating the database (prisma migrate deploy)", "Database migrated", () =>
    migrate(settings, store),
  );
  const urls = await roleUrls(settings, store);
  const { demo, seed } = await planDemo(settings, store);
  if (seed)
    await step("Playing the demo story", "Demo story played", () => seedDemo(settings, store, masterKey));
  return { settings, masterKey, urls, demo, development };
}
