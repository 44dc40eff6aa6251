// `npm run verify-pack`: verifies a report pack, offline, from files alone.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { verifyPackCommand } = await import("./verify/verify-pack.ts");
  process.exitCode = await verifyPackCommand(
    process.argv.slice(2),
    new URL("./verify/pack-main.ts", import.meta.url),
  );
}
