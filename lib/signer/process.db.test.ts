import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createSignerWorld, letGoOfSigner } from "../testing/signer-world.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../testing/store-world.ts";
import { runSigner } from "./run-signer.ts";

let world: StoreWorld;
let tenant: StoreTenant;
let home: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  world = await createStoreWorld();
  tenant = await world.addTenant("bank");
  home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-signing-"));
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});
afterAll(async () => {
  fs.rmSync(home, { recursive: true, force: true });
  await world.drop();
});

/** As the supervisor starts it: under its own role, and without the master key. */
function run(program: string, ...args: string[]) {
  const { DOMICILE_MASTER_KEY: _, ...rest } = process.env;
  const env = {
    ...rest,
    DATABASE_URL: world.database.urls.signer,
    DOMICILE_HOME: home,
    DOMICILE_PROCESS: "signer",
    DOMICILE_SIGN_EVERY_MS: "100",
    LOG_LEVEL: "info",
    // The server of the tests gives up durability for speed.
    DOMICILE_ALLOW_LOSSY_DATABASE: "on",
  };
  const child = spawn(process.execPath, [`lib/signer/${program}.ts`, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => lines.some((line) => line.includes(text)) && resolve();
      void ended.then(() => reject(new Error(`It ended:\n${lines.join("\n")}`)));
      waiting.add(look);
      look();
    });
  return { child, said, ended, lines };
}

const newest = async () => {
  const [row] = await world.sql<{ size: string }>(
    "signer",
    {},
    "SELECT size FROM ledger_checkpoint WHERE tenant_id = $1 ORDER BY size DESC LIMIT 1",
    [tenant.id],
  );
  return Number(row?.size ?? -1);
};
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
const stop = async ({ child, ended }: ReturnType<typeof run>) => {
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
};

describe("the signer process", () => {
  it("needs no master key, signs by itself, is alone, does what is asked, and tells no key", async () => {
    const signers = createSignerWorld(world);
    const signer = run("main");
    await signer.said("signer ready");
    await signers.append(tenant.id, 3);
    await until(async () => (await newest()) >= 3);

    const second = run("main");
    expect(await second.ended).toBe(1);
    expect(second.lines.join("\n")).toContain("A signer already runs from");

    const status = run("admin", JSON.stringify({ do: "status" }));
    expect(await status.ended).toBe(0);
    expect(status.lines.join("\n")).toMatch(/Trust root: [0-9a-f]{64}/);
    await stop(signer);

    const pem = fs.readdirSync(path.join(home, "signer", "keys"))[0] ?? "";
    const secret = fs.readFileSync(path.join(home, "signer", "keys", pem), "utf8").split("\n")[1] ?? "";
    const all = [...signer.lines, ...status.lines, ...fs.readdirSync(path.join(home, "signer"))].join("\n");
    expect(secret.length).toBeGreaterThan(40);
    expect(all).not.toContain(secret);
    signers.drop();
  });

  it("signs on where the database let go of its connection, as one that restarts does", async () => {
    const signers = createSignerWorld(world);
    const signer = run("main");
    await signer.said("signer ready");
    await letGoOfSigner(world);
    await signer.said("the signer has its place at the database again");
    const target = (await newest()) + 1;
    await signers.append(tenant.id, 1);
    await until(async () => (await newest()) >= target);
    await stop(signer);
    signers.drop();
  });

  it("says at its next pass that the clock was set back, and comes to that pass", async () => {
    const signers = createSignerWorld(world);
    const stopping = new AbortController();
    vi.useFakeTimers({ toFake: ["Date"] });
    const target = (await newest()) + 1;
    await signers.append(tenant.id, 1);
    const settings = { folder: path.join(home, "signer"), everyMs: 20 };
    const running = world.as("signer", () => runSigner(settings, stopping.signal));
    try {
      await until(async () => (await newest()) >= target);
      vi.setSystemTime(Date.now() - 3_600_000);
      const saidSo =
        "SELECT 1 FROM signer_statement WHERE kind = 'alarm' AND sentence LIKE 'The clock stands before%'";
      await until(async () => (await world.sql("signer", {}, saidSo)).length > 0);
    } finally {
      stopping.abort();
      await running;
      vi.useRealTimers();
      signers.drop();
    }
  });

  it("2.17 #18: the full check is run as it is shipped, both parts of it", async () => {
    const tree = run("admin", JSON.stringify({ do: "fsck" }));
    expect(await tree.ended).toBe(0);
    expect(tree.lines.join("\n")).toContain("entries were read and hashed again");
    // The entries that this file appends have no rows in the tables of pages: just what the other part looks for.
    const env = { ...process.env, DATABASE_URL: world.database.urls.worker, DOMICILE_PROCESS: "worker" };
    const rows = spawn(process.execPath, ["lib/worker/fsck.ts"], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    started.push(rows);
    let text = "";
    rows.stdout.on("data", (chunk) => {
      text += chunk;
    });
    expect((await once(rows, "close"))[0]).toBe(1);
    expect(text).toMatch(/The row of the event in entry \d+ is missing: it was deleted\./);
  });

  it("2.17 #11: killed at any moment under load, it goes on from what it remembers and freezes nothing", async () => {
    const signers = createSignerWorld(world);
    for (let round = 0; round < 4; round += 1) {
      const signer = run("main");
      await signer.said("signer ready");
      const target = (await newest()) + 1;
      const load = signers.append(tenant.id, ...Array.from({ length: 12 }, () => 2));
      await until(async () => (await newest()) >= target);
      signer.child.kill("SIGKILL");
      await signer.ended;
      await load;
    }
    const last = run("admin", JSON.stringify({ do: "fsck" }));
    expect(await last.ended).toBe(0);
    expect(last.lines.join("\n")).not.toMatch(/FROZEN|difference/);
    const frozen = await world.sql("signer", {}, "SELECT 1 FROM signer_statement WHERE kind = 'frozen'");
    expect(frozen).toEqual([]);
    signers.drop();
  });

  it("does what an operator asks where no signer runs, and refuses in words", async () => {
    const done = run("admin", JSON.stringify({ do: "rotate" }));
    expect(await done.ended).toBe(0);
    const refused = run(
      "admin",
      JSON.stringify({ do: "seal", log: "domicile.ledger/none/e1", reason: "There is no such log at all." }),
    );
    expect(await refused.ended).toBe(1);
    expect(refused.lines.join("\n")).toContain("This signer knows no log domicile.ledger/none/e1.");
  });

  it("does not start on a database that may lose what it acknowledged", async () => {
    const { DOMICILE_ALLOW_LOSSY_DATABASE: _, ...env } = process.env;
    const lossy = `${world.database.urls.signer}?options=${encodeURIComponent("-c synchronous_commit=off")}`;
    const settings = { DATABASE_URL: lossy, DOMICILE_HOME: home, LOG_LEVEL: "info" };
    const stdio = ["ignore", "pipe", "inherit"] as const;
    const child = spawn(process.execPath, ["lib/signer/main.ts"], {
      env: { ...env, ...settings },
      stdio: [...stdio],
    });
    started.push(child);
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
    });
    const [code] = await once(child, "close");
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringMatching(/(fsync|synchronous_commit) = off/),
    });
  });
});
