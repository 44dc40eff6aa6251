import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { checkout, openHome, readJson, writeJson } from "../state/home.ts";
import { OperatorError } from "../state/operator-error.ts";
import { newPassword, readSecrets, updateSecrets } from "../state/secrets.ts";
import { type Ids, isReachable, postgresBinaries, serverUser } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { failureOf } from "./failure.ts";
import { type Guard, guardPostmaster } from "./guard.ts";
import { freePort, isFree } from "./ports.ts";
import { isAlive, readPostmaster, stopPostmaster } from "./postmaster.ts";

export type EmbeddedPostgres = {
  port: number;
  pid: number;
  /** True when a server that an earlier run left behind was taken over. */
  adopted: boolean;
  /** True when this call made the database cluster. */
  created: boolean;
  dataDir: string;
  /** The superuser's address of a database; the product itself never uses it. */
  superuserUrl(database: string): string;
  /** The owner's address: may create databases and roles, is not a superuser. */
  ownerUrl(database: string): string;
  /** Resolves with a message when the server ends without `stop()`. */
  died: Promise<string>;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  home: string;
  /** A port the person asked for; a free one is chosen and remembered when absent. */
  port?: number | undefined;
  settings?: Record<string, string>;
  /** Tests give up durability against a power cut for speed. */
  throwaway?: boolean;
};

export const ownerRole = "domicile";
const superuserRole = "postgres";

/** Starts the PostgreSQL that came with npm, or takes over the one that an earlier run left. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { home } = options;
  openHome(home);
  const user = serverUser();
  const place = placeOf(home, user);
  const dataDir = path.join(place.folder, "data");
  const logFile = path.join(place.folder, "postgres.log");
  const secrets = passwordsOf(home, dataDir);
  const binaries = postgresBinaries(checkout, user, place.folder);
  const url = (role: string, password: string, port: number) => (database: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;

  const server = (
    pid: number,
    port: number,
    adopted: boolean,
    created: boolean,
    guard: Guard,
  ): EmbeddedPostgres => {
    writeJson(path.join(home, "postgres.json"), { folder: place.folder, port }, 0o644);
    let stopping = false;
    return {
      port,
      pid,
      adopted,
      created,
      dataDir,
      superuserUrl: url(superuserRole, secrets.superuser, port),
      ownerUrl: url(ownerRole, secrets.owner, port),
      died: whenGone(pid).then(() =>
        stopping ? new Promise<string>(() => {}) : failureOf(logFile, port, home),
      ),
      stop: async () => {
        stopping = true;
        await stopPostmaster(pid, dataDir);
        guard.end();
      },
    };
  };

  const left = await readPostmaster(dataDir);
  if (left && (options.port === undefined || options.port === left.port)) {
    return server(left.pid, left.port, true, false, guardPostmaster({ pid: left.pid, dataDir }));
  }
  if (left) await stopPostmaster(left.pid, dataDir);

  const port = await choosePort(options.port, place.port);
  const created = !fs.existsSync(path.join(dataDir, "PG_VERSION"));
  if (created) {
    await createCluster({
      binaries,
      dataDir,
      user,
      password: secrets.superuser,
      throwaway: options.throwaway === true,
    });
  }
  fs.closeSync(fs.openSync(logFile, "a", 0o600));
  const logFrom = fs.statSync(logFile).size;
  const child = launch(binaries.postgres, dataDir, logFile, user, {
    port: String(port),
    ...options.settings,
  });
  const pid = child.pid;
  if (pid === undefined)
    throw new OperatorError("PostgreSQL could not be run: its program cannot be executed.");
  // crash: the guard is there before the server is, so that no death of ours leaves the server alone.
  const guard = guardPostmaster({ pid, dataDir });
  await whenReady(child, dataDir, () => failureOf(logFile, port, home, logFrom));
  return server(pid, port, false, created, guard);
}

/** Where the server's files are: in the home, or under /var/lib where its user cannot enter the home. */
function placeOf(home: string, user: Ids | null): { folder: string; port: number | undefined } {
  const pointer = readJson<{ folder: string; port: number }>(path.join(home, "postgres.json"));
  const inside = path.join(home, "postgres");
  fs.mkdirSync(inside, { recursive: true, mode: 0o755 });
  const folder = user === null || isReachable(inside) ? inside : `/var/lib/domicile-${hashOf(home)}`;
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (user !== null && folder !== inside) fs.chmodSync(folder, 0o755);
  return { folder, port: pointer?.port };
}

const hashOf = (home: string): string =>
  createHash("sha256").update(fs.realpathSync(home)).digest("hex").slice(0, 12);

function passwordsOf(home: string, dataDir: string): { superuser: string; owner: string } {
  const kept = readSecrets(home).postgres;
  if (kept) return kept;
  if (fs.existsSync(path.join(dataDir, "PG_VERSION"))) {
    throw new OperatorError(
      `There is a database in ${dataDir}, but its passwords are not in ${path.join(home, "secrets.json")}. ` +
        "Restore that file from a backup, or move the database away to begin anew.",
    );
  }
  const made = updateSecrets(home, (all) => {
    all.postgres ??= { superuser: newPassword(), owner: newPassword() };
  });
  return made.postgres as { superuser: string; owner: string };
}

async function choosePort(wanted: number | undefined, remembered: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (await isFree(wanted, "127.0.0.1")) return wanted;
    throw new OperatorError(
      `Port ${wanted} for PostgreSQL is taken by another program. Set PGPORT to a free port, or unset it and one is chosen.`,
    );
  }
  if (remembered !== undefined && (await isFree(remembered, "127.0.0.1"))) return remembered;
  return freePort();
}

function launch(
  program: string,
  dataDir: string,
  logFile: string,
  user: Ids | null,
  settings: Record<string, string>,
): ChildProcess {
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    log_min_messages: "warning",
    timezone: "UTC",
    ...settings,
  };
  const log = fs.openSync(logFile, "a");
  // Detached: Ctrl-C goes to the whole foreground group, and the server must outlive the services it serves.
  const child = spawn(
    program,
    ["-D", dataDir, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      ...(user ?? {}),
      cwd: path.dirname(dataDir),
      env: { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
      detached: true,
      stdio: ["ignore", "ignore", log],
    },
  );
  fs.closeSync(log);
  child.unref();
  return child;
}

async function whenReady(child: ChildProcess, dataDir: string, why: () => string): Promise<void> {
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (ended) throw new OperatorError(why());
    const postmaster = await readPostmaster(dataDir);
    if (postmaster && postmaster.pid === child.pid && postmaster.ready) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new OperatorError(`PostgreSQL did not become ready within a minute. ${why()}`);
}

async function whenGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 250).unref());
}
