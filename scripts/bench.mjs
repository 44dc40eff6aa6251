// `npm run bench -- <name> [options]`: measures one thing on this machine and stops by itself. Its last line is one JSON object.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  await prepareCheckout();
  const { runBench } = await import("../bench/main.ts");
  await runBench(process.argv[2] ?? "", process.argv.slice(3));
}

/** On a fresh clone: packages and the database client. */
async function prepareCheckout() {
  const { installPackages, missingPackages } = await import("./supervisor/install.ts");
  if (missingPackages(true).length > 0) await installPackages(true);
  const { generateClient, needsGenerate } = await import("./supervisor/build.ts");
  if (needsGenerate()) await generateClient();
}
