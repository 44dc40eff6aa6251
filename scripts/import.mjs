// `npm run import -- --tenant SLUG --app NAME --file F`: records the calls of a file.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { importCommand } = await import("./intake/import-command.ts");
  await importCommand(process.argv.slice(2));
}
