import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../scripts/postgres/ports.ts";
import { type RunningProcess, served } from "./processes.ts";

export const portkeyVersion = "1.15.2";

/**
 * Portkey's gateway as npm gives it and as `npx @portkey-ai/gateway` starts it, installed into a folder that goes with it.
 * null where it could not be installed.
 */
export async function startPortkey(
  caFile: string,
): Promise<(RunningProcess & { readonly folder: string }) | null> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-bench-portkey-"));
  const drop = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(path.join(folder, "package.json"), '{"private":true}\n');
    await promisify(execFile)(
      "npm",
      ["install", "--ignore-scripts", "--no-audit", "--no-fund", `@portkey-ai/gateway@${portkeyVersion}`],
      { cwd: folder, timeout: 180_000 },
    );
  } catch (error) {
    drop();
    console.log(`Portkey's gateway could not be installed: ${String(error).slice(0, 300)}`);
    return null;
  }
  const port = await freePort();
  const program = path.join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const running = await served({
    args: [program, `--port=${port}`],
    // Its own guard lets no private address pass that is not named.
    env: { NODE_EXTRA_CA_CERTS: caFile, TRUSTED_CUSTOM_HOSTS: "localhost" },
    production: false,
    cwd: folder,
    port,
    readyPath: "/",
    logFile: path.join(folder, "log.txt"),
  });
  return {
    ...running,
    folder,
    stop: async () => {
      await running.stop();
      drop();
    },
  };
}
