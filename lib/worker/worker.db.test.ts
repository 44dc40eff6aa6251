import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { takeLead } from "../db/job-lock.ts";
import { endBoot } from "../services/boots/end-boot.ts";
import { registerBoot } from "../services/boots/register-boot.ts";
import { openIntents } from "../services/calls/open-intents.ts";
import { createStoreWorld, intentOf, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { jobs } from "./jobs.ts";

let world: StoreWorld;
let tenant: StoreTenant;
const started: ChildProcess[] = [];
beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});
afterAll(() => world.drop());

type Worker = { child: ChildProcess; said: (text: string) => Promise<void> };

function startWorker(): Worker {
  const env = {
    ...process.env,
    DATABASE_URL: world.database.urls.worker,
    DOMICILE_PROCESS: "worker",
    LOG_LEVEL: "info",
    // The server of the tests gives up durability for speed.
    DOMICILE_ALLOW_LOSSY_DATABASE: "on",
  };
  const child = spawn(process.execPath, ["lib/worker/main.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!lines.some((line) => line.includes(text))) return;
        waiting.delete(look);
        resolve();
      };
      child.once("exit", () => reject(new Error(`The worker ended:\n${lines.join("\n")}`)));
      waiting.add(look);
      look();
    });
  return { child, said };
}

const deadBoot = async (n: number) => {
  const { bootId } = await world.as("gateway", async () => {
    const boot = await registerBoot({ relayCountry: null });
    await openIntents([intentOf(tenant, boot.bootId, n)]);
    return boot;
  });
  // A lease that ran out is waited for as long as the store could be reached.
  await world.as("gateway", () => endBoot(bootId));
};

describe("the worker", () => {
  it("sweeps by itself, and stops when it is told to", async () => {
    await deadBoot(1);
    const worker = startWorker();
    await worker.said("worker ready");
    await worker.said("calls without an end were recorded");
    worker.child.kill("SIGTERM");
    expect(await once(worker.child, "exit")).toEqual([0, null]);
    const rows = await world.sql("owner", { read: [tenant.id] }, "SELECT call_end FROM call");
    expect(rows).toEqual([{ call_end: "unknown" }]);
  });

  it("leads in one copy only, and another one goes on when it is killed", async () => {
    const first = startWorker();
    await deadBoot(1);
    await first.said("calls without an end were recorded");
    const second = startWorker();
    await second.said("worker ready");
    const leaders = () =>
      withClient(world.database.ownerUrl, async (client) => {
        const { rows } = await client.query(
          "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        );
        return rows.length;
      });
    expect(await leaders()).toBe(jobs.length);
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    await deadBoot(1);
    await second.said("calls without an end were recorded");
    expect(await leaders()).toBeLessThanOrEqual(jobs.length);
  });

  it("refuses to start with another master key", async () => {
    const lossy = { DOMICILE_ALLOW_LOSSY_DATABASE: "on", DOMICILE_PROCESS: "worker" };
    const env = { ...process.env, DATABASE_URL: world.database.urls.worker, ...lossy };
    const other = { ...env, DOMICILE_MASTER_KEY: Buffer.alloc(32, 7).toString("base64url") };
    const child = spawn(process.execPath, ["lib/worker/main.ts"], { env: other, stdio: "ignore" });
    started.push(child);
    const [code] = await once(child, "exit");
    expect(code).not.toBe(0);
  });
});

describe("takeLead", () => {
  it("gives a job to one at a time, with a number that rises", async () => {
    await world.as("worker", async () => {
      const first = await takeLead("test");
      expect(await takeLead("test")).toBeNull();
      expect(await takeLead("another")).not.toBeNull();
      expect(await first?.isHeld()).toBe(true);
      await first?.release();
      const second = await takeLead("test");
      expect(second?.fence).toBe((first?.fence ?? 0) + 1);
      await second?.release();
    });
  });

  it("is lost with the connection that holds it", async () => {
    await world.as("worker", async () => {
      const lead = await takeLead("fragile");
      await withClient(world.database.urls.worker, (client) =>
        client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'domicile fragile'",
        ),
      );
      expect(await lead?.isHeld()).toBe(false);
    });
  });
});
