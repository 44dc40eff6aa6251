import { deploymentFor, runAs } from "../supervisor/run-alone.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";
import { withParent } from "../supervisor/with-parent-arg.ts";
import { askSigner } from "./ask-signer.ts";

/**
 * `npm run fsck`: the signer's part (bytes, tree, signatures) and the worker's (rows and openings beside them), each under
 * its own role. Exits with 1 where either found a difference.
 */
export async function fsck(): Promise<void> {
  try {
    const tree = await askSigner({ do: "fsck" });
    const args = [...withParent(), "lib/worker/fsck.ts"];
    const rows = await runAs("worker", await deploymentFor("worker"), args);
    process.exit(tree === 0 && rows === 0 ? 0 : 1);
  } catch (error) {
    reportAndExit(error);
  }
}
