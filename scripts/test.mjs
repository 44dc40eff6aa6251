// `npm test`: everything, from a fresh clone: static checks, unit, integration and browser tests.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { testDomicile } = await import("./test/main.ts");
  await testDomicile();
}
