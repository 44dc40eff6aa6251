// `npm run verify-proof`: checks one entry of the ledger, offline, from files alone.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { verifyProof } = await import("./verify/verify-proof.ts");
  process.exitCode = verifyProof(process.argv.slice(2));
}
