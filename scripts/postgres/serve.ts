import { ensureDatabase, ensureOwner } from "../database/owner.ts";
import { homePath } from "../state/home.ts";
import { portFrom } from "../state/port-from.ts";
import { reportAndExit, untilStopped } from "../supervisor/until-stopped.ts";
import { startEmbeddedPostgres } from "./embedded.ts";

/** The embedded server alone, for a developer's tools and for tests of one's own. */
export async function servePostgres(database: string): Promise<void> {
  try {
    const server = await startEmbeddedPostgres({ home: homePath(), port: portFrom("PGPORT") });
    await ensureOwner(server);
    await ensureDatabase(server, database);
    console.log(server.ownerUrl(database));
    const died = await Promise.race([server.died, untilStopped().then(() => null)]);
    if (died) throw new Error(died);
    await server.stop();
    process.exit(0);
  } catch (error) {
    reportAndExit(error);
  }
}
