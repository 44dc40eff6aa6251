// `node scripts/pg.mjs [database]`: the embedded PostgreSQL alone, in DOMICILE_HOME, until Ctrl-C.
// Prints the owner's address of the database as its only line on stdout.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { servePostgres } = await import("./postgres/serve.ts");
  await servePostgres(process.argv[2] ?? "domicile");
}
