// `npm run signer-admin -- status|rotate|compromise|seal|unfreeze`: asks the signer, or does it where none runs.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { signerAdmin } = await import("./signer/signer-admin.ts");
  await signerAdmin(process.argv.slice(2));
}
