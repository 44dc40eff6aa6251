import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { homePath, openHome } from "../state/home.ts";
import { lockHome } from "../state/lock.ts";
import { OperatorError } from "../state/operator-error.ts";
import { loadDotEnv, readSettings } from "../state/settings.ts";
import { generateClient, needsGenerate } from "../supervisor/build.ts";
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
    if (!fs.existsSync(source)) await signOnce();
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
    process.exit(0);
  } catch (error) {
    reportAndExit(error);
  }
}

/** Where no signer has run from this folder yet: what it needs is started, and it looks at every log once. */
async function signOnce(): Promise<void> {
  const settings = readSettings();
  openHome(settings.home);
  // One that runs has a signer of its own, and a database that is not ours to stop.
  const lock = lockHome(settings.home);
  const { migrate, openStore, roleUrls } = await import("../database/prepare.ts");
  const store = await openStore(settings);
  try {
    if (needsGenerate()) await generateClient();
    await migrate(settings, store);
    await roleUrls(settings, store);
    const { askSigner } = await import("./ask-signer.ts");
    await askSigner({ do: "status" });
  } finally {
    await store.server?.stop();
    lock.release();
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
