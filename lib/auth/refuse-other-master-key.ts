import { log } from "../log.ts";
import { checkDatabase } from "../services/deployment/check-database.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";

/**
 * Before the web process answers: it must hold the master key that its database stands on, and that database must keep
 * what it acknowledges. Else it ends.
 */
export async function refuseOtherMasterKey(): Promise<void> {
  await Promise.all([checkDatabase(), checkMasterKey()]).catch((error: unknown) => {
    log.fatal({ err: error }, "web does not start");
    // Next would go on and answer every request with an error.
    process.exit(1);
  });
  log.info("web ready");
}
