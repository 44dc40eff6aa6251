// `npm run trust-root -- --out FILE`: the keys of every log, as the signer itself wrote them down.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { writeTrustRoot } = await import("./signer/write-trust-root.ts");
  await writeTrustRoot(process.argv.slice(2));
}
