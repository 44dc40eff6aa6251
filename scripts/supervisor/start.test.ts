import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../postgres/ports.ts";
import { makeFakeCheckout } from "../testing/fake-checkout.ts";
import { processesOf, type RunningCommand, runCommand } from "../testing/run-command.ts";

const ready = /Domicile is ready/;

describe.skipIf(process.platform !== "linux")("npm start", () => {
  const checkout = makeFakeCheckout();
  let env: { PORT: string; GATEWAY_PORT: string };
  const running: RunningCommand[] = [];
  const start = (extra: Record<string, string> = {}): RunningCommand => {
    const command = runCommand(process.execPath, ["scripts/start.mjs"], checkout.folder, {
      ...env,
      ...extra,
    });
    running.push(command);
    return command;
  };
  const nothingLeft = (): Promise<void> =>
    expect.poll(() => processesOf(checkout.folder), { interval: 50 }).toEqual([]);

  // The first start makes the database, so that each test below is about its own matter.
  beforeAll(async () => {
    env = { PORT: String(await freePort()), GATEWAY_PORT: String(await freePort()) };
    const first = start();
    await first.printed(ready);
    first.child.kill("SIGTERM");
    await first.ended;
  });
  beforeEach(async () => {
    env = { PORT: String(await freePort()), GATEWAY_PORT: String(await freePort()) };
  });
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill("SIGTERM");
      await ended;
    }
    await nothingLeft();
  });
  afterAll(() => checkout.remove());

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "stops everything on %s and exits well",
    async (signal) => {
      const command = start();
      await command.printed(ready);
      expect(processesOf(checkout.folder).length).toBeGreaterThan(4);
      command.child.kill(signal);
      expect(await command.ended).toBe(0);
      await nothingLeft();
    },
  );

  it("waits for open calls as long as it is told, and kills what has not ended 4 s later", async () => {
    const command = start({ FAKE_STUBBORN: "gateway", DOMICILE_DRAIN_SECONDS: "1" });
    await command.printed(ready);
    const asked = performance.now();
    command.child.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    const tookMs = performance.now() - asked;
    expect(tookMs).toBeGreaterThan(4_900);
    // The 10 s of a stop where nobody says otherwise.
    expect(tookMs).toBeLessThan(9_900);
    await nothingLeft();
  });

  it("lets no service write a log without end", async () => {
    const command = start();
    await command.printed(ready);
    for (const name of ["web", "gateway", "worker", "signer"]) {
      const log = encodeURIComponent(`${name}.log`);
      expect(
        processesOf(checkout.folder).filter(
          (line) => line.includes(`${log}&`) && line.includes("rotate-log"),
        ),
      ).toHaveLength(1);
    }
  });

  it("leaves nobody behind when it is killed", async () => {
    const command = start();
    await command.printed(ready);
    command.child.kill("SIGKILL");
    await command.ended;
    await nothingLeft();
  });

  it("leaves nobody behind when it is killed while its services load", async () => {
    const command = start();
    await command.printed(/Starting the services/);
    command.child.kill("SIGKILL");
    await command.ended;
    await nothingLeft();
  });

  it("leaves nobody behind when the one for development is killed", async () => {
    const command = runCommand(process.execPath, ["scripts/dev.mjs"], checkout.folder, env);
    running.push(command);
    await command.printed(ready);
    command.child.kill("SIGKILL");
    await command.ended;
    await nothingLeft();
  });

  it("stops when its parent is gone, which npm's shell does not tell", async () => {
    const shell = runCommand(
      "/bin/sh",
      ["-c", `"${process.execPath}" scripts/start.mjs; true`],
      checkout.folder,
      env,
    );
    running.push(shell);
    await shell.printed(ready);
    shell.child.kill("SIGKILL");
    await shell.ended;
    await nothingLeft();
  });

  it("takes over the PostgreSQL of a run that was killed just now", async () => {
    const killed = start();
    await killed.printed(ready);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = start();
    await next.printed(ready);
    expect(next.output()).toContain("taken over from the run before");
    next.child.kill("SIGTERM");
    expect(await next.ended).toBe(0);
  });

  it("refuses a second one on the same home", async () => {
    const first = start();
    await first.printed(ready);
    const second = start({ PORT: String(await freePort()), GATEWAY_PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `Domicile already runs from ${checkout.home} (process ${first.child.pid})`,
    );
    expect(processesOf(checkout.folder).length).toBeGreaterThan(4);
  });

  it.each(["PORT", "GATEWAY_PORT", "PGPORT"])("says that %s is taken", async (name) => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as net.AddressInfo;
    try {
      const command = start({ [name]: String(port) });
      expect(await command.ended).toBe(1);
      expect(command.output()).toMatch(
        new RegExp(`Port ${port} (for PostgreSQL )?is taken by another program.* ${name}`),
      );
      expect(command.output()).not.toMatch(/^ +at /m);
    } finally {
      server.close();
    }
  });

  it("refuses another master key than the one the database stands on", async () => {
    const command = start({ DOMICILE_MASTER_KEY: randomBytes(32).toString("base64url") });
    expect(await command.ended).toBe(1);
    expect(command.output()).toContain(
      "The master key in DOMICILE_MASTER_KEY is not the one this database stands on",
    );
  });

  it("ends with the words of a service that dies, and takes the others along", async () => {
    const command = start({ FAKE_DEATH: "worker" });
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/worker ended unexpectedly \(exit status 7\)[\s\S]+the worker gave up/);
    await nothingLeft();
  });

  it("says when a database elsewhere cannot be reached, without its password", async () => {
    const command = start({ DATABASE_URL: `postgresql://me:hidden-word@127.0.0.1:${await freePort()}/x` });
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/DATABASE_URL cannot be used/);
    expect(command.output()).not.toContain("hidden-word");
  });

  it("says how to make the first administrator, until one was made", async () => {
    const first = start();
    await first.printed(/Started in/);
    expect(first.output()).toContain("npm run admin -- create");
    const making = ["create", "--email", "ann@example.test", "--name", "Ann", "--deployment-admin"];
    const admin = runCommand(process.execPath, ["scripts/admin.mjs", ...making], checkout.folder, env);
    expect(await admin.ended).toBe(0);
    expect(admin.output()).toMatch(/^Password: \S{23}$/m);
    first.child.kill("SIGTERM");
    await first.ended;
    const next = start();
    await next.printed(/Started in/);
    expect(next.output()).not.toContain("npm run admin");
  });

  it("keeps its secrets from other users", () => {
    for (const file of ["secrets.json", "demo.json"]) {
      expect(fs.statSync(path.join(checkout.home, file)).mode & 0o077).toBe(0);
    }
  });
});
