// `npm start`: everything, from a fresh clone to a running product. See docs/operations.md.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { startDomicile } = await import("./supervisor/start.ts");
  await startDomicile("start");
}
