import { readFileSync } from "node:fs";
import { ownGateway } from "../core/intake/own-gateway.ts";
import { gatewaySettings } from "../env/gateway-settings.ts";
import { intakeSettings } from "../env/intake-settings.ts";
import { simulationSettings } from "../env/simulation-settings.ts";
import { telemetrySettings } from "../env/telemetry-settings.ts";
import { createIntakeDoor } from "../intake/intake-door.ts";
import { log } from "../log.ts";
import { adoptCatalog } from "../services/deployment/adopt-catalog.ts";
import { checkDatabase } from "../services/deployment/check-database.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { startGateway } from "./server.ts";

/** The gateway process: `node lib/gateway/main.ts`. */
const { host, port, relayCountry, trustedHops, drainMs, spoolFolder, spoolMsMax } = gatewaySettings();
const { connectTo, extraCaFile } = simulationSettings();
const { gatewayNames, threads } = intakeSettings();

await checkDatabase();
await checkMasterKey();
await adoptCatalog();
const gateway = await startGateway({
  host,
  port,
  relayCountry,
  trustedHops,
  drainMs,
  spoolFolder,
  spoolMsMax,
  recordOnThread: true,
  telemetry: telemetrySettings(),
  connectTo,
  doors: [(gateway) => createIntakeDoor(gateway, { threads, own: ownGateway(port, gatewayNames) })],
  simulatedAuthorities: extraCaFile === null ? null : readFileSync(extraCaFile, "utf8"),
});
log.info({ port: gateway.port, relayCountry }, "gateway ready");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "gateway stops");
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "gateway did not stop cleanly");
        process.exit(1);
      },
    );
  });
