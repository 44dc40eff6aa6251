import { deploymentFor, runAs } from "../supervisor/run-alone.ts";
import { withParent } from "../supervisor/with-parent-arg.ts";

/** Runs one request to the signer, under the signer's own role; its words go to the terminal. 0: done. */
export async function askSigner(request: Readonly<Record<string, string>>): Promise<number> {
  const args = [...withParent(), "lib/signer/admin.ts", JSON.stringify(request)];
  // Its answer is for people; what it would log is in the answer.
  const quiet = { LOG_LEVEL: process.env.LOG_LEVEL || "error" };
  return runAs("signer", await deploymentFor("signer"), args, quiet);
}
