// `npm run verify-consistency`: checks that a log goes on from a checkpoint somebody kept, offline, from files alone.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { verifyConsistency } = await import("./verify/verify-consistency.ts");
  process.exitCode = verifyConsistency(process.argv.slice(2));
}
