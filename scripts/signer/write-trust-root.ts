import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { homePath } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { loadDotEnv } from "../state/settings.ts";
import { reportAndExit } from "../supervisor/until-stopped.ts";

/**
 * `npm run trust-root -- --out FILE`: the signer's own copy, byte for byte; never the one in the database, which whoever
 * writes the database can write. Prints the fingerprint.
 */
export async function writeTrustRoot(args: string[]): Promise<void> {
  try {
    loadDotEnv();
    const out = outOf(args);
    const source = path.join(homePath(), "signer", "trust-root.json");
    if (!fs.existsSync(source))
      throw new OperatorError(
        `There is no ${source}: no signer has run on this machine yet. Run this where the signer runs.`,
      );
    const document = fs.readFileSync(source);
    fs.writeFileSync(out, document);
    const { deployment, logs } = JSON.parse(document.toString("utf8")) as {
      deployment: string;
      logs: unknown[];
    };
    const fingerprint = createHash("sha256").update(document).digest("hex");
    console.log(`${out}: ${logs.length} logs of deployment ${deployment}\nSHA-256 ${fingerprint}`);
  } catch (error) {
    reportAndExit(error);
  }
}

function outOf(args: string[]): string {
  try {
    const { out } = parseArgs({ args, options: { out: { type: "string" } } }).values;
    // npm runs in the checkout, whatever folder it was called in.
    if (out) return path.resolve(process.env.INIT_CWD ?? ".", out);
  } catch {
    // Answered below.
  }
  throw new OperatorError("npm run trust-root -- --out FILE");
}
