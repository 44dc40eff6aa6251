// `npm run build-recorder`: makes public/recorder/domicile-recorder.mjs from lib/recorder. It is committed.
import { writeFileSync } from "node:fs";
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { buildRecorder, publishedRecorder } = await import("../lib/recorder/build-recorder.ts");
  writeFileSync(publishedRecorder, await buildRecorder());
}
