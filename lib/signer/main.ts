import { closeDatabases } from "../db/connection.ts";
import { signerSettings } from "../env/signer-settings.ts";
import { log } from "../log.ts";
import { checkDatabase } from "../services/deployment/check-database.ts";
import { runSigner } from "./run-signer.ts";

/** The signer process: `node lib/signer/main.ts`. Exactly one. */
const stopping = new AbortController();
for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stopping.abort());

try {
  await checkDatabase();
  await runSigner(signerSettings(), stopping.signal);
  log.info("signer stopped");
} catch (error) {
  log.fatal({ err: error }, error instanceof Error ? error.message : "the signer ended");
  process.exitCode = 1;
}
await closeDatabases();
