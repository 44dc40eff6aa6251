import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withClient } from "../database/client.ts";
import { ensureDatabase, ensureOwner } from "../database/owner.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded.ts";
import { freePort } from "./ports.ts";

describe("startEmbeddedPostgres", () => {
  let home: string;
  const servers: EmbeddedPostgres[] = [];
  const start = async (port?: number): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ home, port, throwaway: true });
    servers.push(server);
    return server;
  };
  beforeEach(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile pg "));
    fs.chmodSync(home, 0o755);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    fs.rmSync(home, { recursive: true, force: true });
  });

  it("begins with checksums, a password for everybody and an owner who is no superuser", async () => {
    const server = await start();
    await ensureOwner(server);
    expect(await ensureDatabase(server, "first")).toBe(true);
    expect(await ensureDatabase(server, "first")).toBe(false);
    const rows = await withClient(server.ownerUrl("first"), async (client) => {
      const { rows } = await client.query(
        "select current_setting('data_checksums') as checksums, rolsuper, rolcreaterole from pg_roles where rolname = current_user",
      );
      return rows;
    });
    expect(rows).toEqual([{ checksums: "on", rolsuper: false, rolcreaterole: true }]);
    const nameless = new URL(server.superuserUrl("postgres"));
    nameless.password = "guess";
    await expect(withClient(nameless.href, async () => undefined)).rejects.toThrow(
      /password authentication failed/,
    );
  });

  it("is on the same port with the same data after a stop", async () => {
    const first = await start();
    await ensureOwner(first);
    await ensureDatabase(first, "kept");
    await first.stop();
    const second = await start();
    expect({ port: second.port, created: second.created }).toEqual({ port: first.port, created: false });
    expect(await ensureDatabase(second, "kept")).toBe(false);
  });

  it("takes over a server that is running, and moves it when another port is asked for", async () => {
    const first = await start();
    const second = await start();
    expect({ adopted: second.adopted, pid: second.pid }).toEqual({ adopted: true, pid: first.pid });
    const port = await freePort();
    const third = await start(port);
    expect({ adopted: third.adopted, port: third.port }).toEqual({ adopted: false, port });
    expect(third.pid).not.toBe(first.pid);
  });

  it("recovers after an immediate stop, and says that it ended", async () => {
    const first = await start();
    process.kill(first.pid, "SIGQUIT");
    expect(await first.died).toMatch(/PostgreSQL stopped/);
    const second = await start();
    expect(second.adopted).toBe(false);
    await ensureOwner(second);
  });

  it("refuses to guess when the passwords of a database are gone", async () => {
    const first = await start();
    await first.stop();
    fs.rmSync(path.join(home, "secrets.json"));
    await expect(start()).rejects.toThrow(/passwords are not in .*secrets\.json/);
  });
});
