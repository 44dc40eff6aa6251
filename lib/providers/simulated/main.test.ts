import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSimulatedClient } from "./testing/simulated-client.ts";

let home: string;

beforeAll(() => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-provider-process-"));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the simulated provider as a process", () => {
  it("says where it listens, answers there, ends on SIGTERM, and comes back at the same place", async () => {
    const first = await run();
    expect(statSync(path.join(home, "provider.json")).mode & 0o777).toBe(0o600);
    expect(first.written.connectTo).toContain(`eu.api.openai.com=127.0.0.1:${first.written.port}`);
    const client = openSimulatedClient(first.written);
    const models = await client.openai("eu.api.openai.com", "sk-sim-eu-a").models.list();
    expect(models.data.length).toBeGreaterThan(10);
    await client.close();
    expect(await first.stop()).toBe(0);
    const second = await run();
    expect(second.written.port).toBe(first.written.port);
    expect(await second.stop()).toBe(0);
  });
});

async function run() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("main.ts", import.meta.url))], {
    env: { ...process.env, DOMICILE_HOME: home, DOMICILE_PROCESS: "provider", LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    void ended.then((code) => reject(new Error(`ended with ${code}`)));
  });
  expect(JSON.parse(line)).toMatchObject({ process: "provider", msg: "simulated provider ready" });
  const written = JSON.parse(readFileSync(path.join(home, "provider.json"), "utf8")) as {
    port: number;
    caFile: string;
    connectTo: string;
  };
  return {
    written,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}
