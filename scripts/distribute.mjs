// `npm run db:distribute`: the large tables of a database on a Citus cluster become distributed ones.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { distributeDatabase } = await import("./database/distribute.ts");
  await distributeDatabase();
}
