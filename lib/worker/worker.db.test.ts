import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../scripts/database/client.ts";
import { type Leads, openLeads } from "../db/job-lock.ts";
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

describe("openLeads", () => {
  const asWorkers = (action: (one: Leads, other: Leads) => Promise<void>) =>
    world.as("worker", async () => {
      const [one, other] = [openLeads(), openLeads()];
      try {
        await action(one, other);
      } finally {
        await Promise.all([one.close(), other.close()]);
      }
    });
  const connections = () =>
    withClient(world.database.urls.worker, async (client) => {
      const { rows } = await client.query(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'domicile leads' AND datname = current_database()",
      );
      return rows.map(({ pid }) => pid as number);
    });

  it("gives a job to one at a time, with a number that rises", async () => {
    await asWorkers(async (one, other) => {
      const first = await one.take("test");
      expect(await other.take("test")).toBeNull();
      expect(await one.take("test")).toBeNull();
      expect(await other.take("another")).not.toBeNull();
      expect(await first?.isHeld()).toBe(true);
      await first?.release();
      expect(await first?.isHeld()).toBe(false);
      const second = await other.take("test");
      expect(second?.fence).toBe((first?.fence ?? 0) + 1);
      expect(await first?.isHeld()).toBe(false);
      expect(await one.take("test")).toBeNull();
    });
  });

  it("tries and holds all of them over one connection, however often it asks in vain", async () => {
    await asWorkers(async (one, other) => {
      const names = ["a", "b", "c", "d"];
      const led = await Promise.all(names.map((name) => one.take(name)));
      expect(led.every((lead) => lead !== null)).toBe(true);
      const before = await connections();
      for (let i = 0; i < 3; i += 1)
        expect(await Promise.all(names.map((name) => other.take(name)))).toEqual([null, null, null, null]);
      const after = await connections();
      expect(after.length).toBe(2);
      expect(after).toEqual(expect.arrayContaining(before));
    });
    await expect.poll(connections).toEqual([]);
  });

  it("loses all of them with the connection, and opens another for the next", async () => {
    await asWorkers(async (one, other) => {
      const lead = await one.take("fragile");
      const [pid] = await connections();
      await withClient(world.database.urls.worker, (client) =>
        client.query("SELECT pg_terminate_backend($1)", [pid]),
      );
      expect(await lead?.isHeld()).toBe(false);
      await lead?.release().catch(() => undefined);
      const next = await other.take("fragile");
      expect(next?.fence).toBe((lead?.fence ?? 0) + 1);
      await next?.release();
      expect((await one.take("fragile"))?.fence).toBe((lead?.fence ?? 0) + 2);
    });
  });
});
