// `npm run dev`: as `npm start`, with pages from source and processes that restart when a file changes.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { startDomicile } = await import("./supervisor/start.ts");
  await startDomicile("dev");
}
