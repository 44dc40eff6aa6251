import fs from "node:fs";
import path from "node:path";
import { homeFolder } from "../../env/home-folder.ts";
import { log } from "../../log.ts";
import { startSimulatedProvider } from "./server.ts";

/** The simulated provider as a process: says where it listens in `DOMICILE_HOME/provider.json`, ends on SIGTERM. */
async function main(): Promise<void> {
  const home = homeFolder();
  const { port, caFile, connectTo, stop } = await startSimulatedProvider({ home, latency: "small" });
  const file = path.join(home, "provider.json");
  const draft = `${file}.${process.pid}.new`;
  fs.writeFileSync(draft, `${JSON.stringify({ port, caFile, connectTo }, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().then(() => log.info({ signal }, "simulated provider stopped"));
    });
  }
  log.info({ port, caFile }, "simulated provider ready");
}

await main();
