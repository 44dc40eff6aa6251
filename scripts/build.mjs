// `npm run build`: the pages and the verifier they offer, for processes that are started one by one.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { buildDomicile } = await import("./supervisor/build-command.ts");
  await buildDomicile();
}
