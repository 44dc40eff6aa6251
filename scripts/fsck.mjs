// `npm run fsck`: recomputes every log from its bytes, and holds what stands beside it against it.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { fsck } = await import("./signer/fsck.ts");
  await fsck();
}
