// `npm run conformance`: the published test vectors under CONFORMANCE_VECTORS.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { conformance } = await import("./conformance/main.ts");
  process.exitCode = conformance(process.env.CONFORMANCE_VECTORS);
}
