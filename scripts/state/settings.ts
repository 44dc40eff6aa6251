import fs from "node:fs";
import path from "node:path";
import { checkout, homePath, readJson, writeJson } from "./home.ts";
import { OperatorError } from "./operator-error.ts";
import { portFrom, wholeFrom } from "./port-from.ts";

/** What the person asked for, out of the environment and `.env`. */
export type Settings = {
  home: string;
  host: string;
  port: number;
  gatewayPort: number;
  /** How long a gateway's open calls may go on after a stop was asked for. */
  drainSeconds: number;
  /** Undefined: a free one is chosen and remembered. */
  postgresPort: number | undefined;
  /** The owner's address of a database elsewhere; null: the embedded server. */
  databaseUrl: string | null;
  /** The owner's way past a pooler, where one stands between; the roles' own are made from it. */
  directUrl: string | null;
  /** Undefined: what was remembered, else on for an embedded database that is empty. */
  demo: boolean | undefined;
};

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  if (env.DOMICILE_DEMO && !["on", "off"].includes(env.DOMICILE_DEMO)) {
    throw new OperatorError(`DOMICILE_DEMO=${env.DOMICILE_DEMO} is not understood: it is on or off.`);
  }
  const keys = {
    DOMICILE_MASTER_KEY: env.DOMICILE_MASTER_KEY,
    DOMICILE_MASTER_KEY_PREVIOUS: env.DOMICILE_MASTER_KEY_PREVIOUS,
  };
  for (const [name, key] of Object.entries(keys)) {
    if (!key || Buffer.from(key, "base64url").length === 32) continue;
    throw new OperatorError(
      `${name} must be 32 bytes in base64url. Make one with: openssl rand -base64 32 | tr '+/' '-_' | tr -d =`,
    );
  }
  for (const name of Object.keys(env).filter((each) => databaseVariable.test(each)))
    requirePostgresUrl(name, env[name]);
  return {
    home: homePath(env),
    host: env.HOST || "127.0.0.1",
    port: portFrom("PORT", env) ?? 3000,
    gatewayPort: portFrom("GATEWAY_PORT", env) ?? 8787,
    drainSeconds: wholeFrom("DOMICILE_DRAIN_SECONDS", [1, 600], env) ?? 6,
    postgresPort: portFrom("PGPORT", env),
    databaseUrl: env.DATABASE_URL || null,
    directUrl: env.DATABASE_DIRECT_URL || null,
    demo: env.DOMICILE_DEMO ? env.DOMICILE_DEMO === "on" : undefined,
  };
}

const databaseVariable = /^DATABASE_(READ_|DIRECT_)?URL(_(WEB|GATEWAY|WORKER|SIGNER))?$/;

/** trust: the value stays out of the message, there may be a password in it. */
function requirePostgresUrl(name: string, value: string | undefined): void {
  if (!value) return;
  const url = URL.parse(value);
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return;
  throw new OperatorError(
    `${name} is not understood. It looks like postgresql://user:password@host:5432/database.`,
  );
}

/** `.env` of the checkout; what is set already stays. */
export function loadDotEnv(): void {
  const file = path.join(checkout, ".env");
  if (fs.existsSync(file)) process.loadEnvFile(file);
}

/** `DOMICILE_HOME/settings.json`: what a later start must know of the earlier ones. */
export type Remembered = {
  demo?: boolean;
  /** `started` and never `done`: the seed was cut short, and takes up where it stopped. */
  seed?: "started" | "done";
};

export function readRemembered(home: string): Remembered {
  return readJson<Remembered>(path.join(home, "settings.json")) ?? {};
}

export function remember(home: string, change: Remembered): void {
  writeJson(path.join(home, "settings.json"), { ...readRemembered(home), ...change }, 0o644);
}
