// `npm run pack -- --tenant SLUG --from ISO --to ISO --out FILE`: a report pack, as the reports page gives it.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { writePack } = await import("./reports/write-pack.ts");
  await writePack(process.argv.slice(2));
}
