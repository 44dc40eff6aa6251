import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { GatewayWorld } from "./gateway-world.ts";

export type SpawnedGateway = {
  readonly child: ChildProcess;
  readonly port: number;
  log(): string;
  /** Lets it end as a stop does. */
  stop(): Promise<void>;
  /** Ends it, however it is. */
  kill(): Promise<void>;
};

/** The gateway as a process of its own, as the supervisor starts it. `changed`: variables of its environment. */
export async function spawnGateway(
  world: GatewayWorld,
  changed: Readonly<Record<string, string>> = {},
): Promise<SpawnedGateway> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL("../gateway/main.ts", import.meta.url))], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DOMICILE_PROCESS: "gateway",
      DOMICILE_HOME: world.home,
      DOMICILE_MASTER_KEY: process.env.DOMICILE_MASTER_KEY,
      DOMICILE_CONNECT_TO: world.provider.connectTo,
      DOMICILE_EXTRA_CA: path.join(world.home, "provider", "ca.pem"),
      DATABASE_URL: world.database.urls.gateway,
      // The server of the tests gives up durability for speed.
      DOMICILE_ALLOW_LOSSY_DATABASE: "on",
      GATEWAY_PORT: String(port),
      ...changed,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout?.on("data", (chunk) => (text += chunk));
  child.stderr?.on("data", (chunk) => (text += chunk));
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  const deadline = Date.now() + 150_000;
  while (!text.includes("gateway ready")) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await kill();
      throw new Error(`The gateway did not start: ${text}`);
    }
    await sleep(25);
  }
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await gone;
  };
  return { child, port, log: () => text, stop, kill };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
