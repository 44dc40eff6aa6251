import { log } from "../log.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";

/** Before the web process answers: it must hold the master key that its database was begun with, else it ends. */
export async function refuseOtherMasterKey(): Promise<void> {
  await checkMasterKey().catch((error: unknown) => {
    log.fatal({ err: error }, "web does not start");
    // Next would go on and answer every request with an error.
    process.exit(1);
  });
  log.info("web ready");
}
