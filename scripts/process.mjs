// `npm run web|gateway|worker`: one process alone, for a deployment whose processes others look after.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { runAlone } = await import("./supervisor/run-alone.ts");
  await runAlone(process.argv[2] ?? "");
}
