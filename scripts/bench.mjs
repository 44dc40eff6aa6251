// `npm run bench -- <name> [options]`: measures one thing on this machine and stops by itself. Its last line is one JSON object.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { runBench } = await import("../bench/main.ts");
  await runBench(process.argv[2] ?? "", process.argv.slice(3));
}
