import { hkdfSync } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type DirectUrls, directVariable, urlVariable } from "../database/direct-urls.ts";
import { processRoles, type RoleUrls } from "../database/process-roles.ts";
import { checkout } from "../state/home.ts";
import type { Settings } from "../state/settings.ts";
import { gatewayNodeArgs, workerMemoryEnv, workerNodeArgs } from "./process-memory.ts";
import { withParent } from "./with-parent-arg.ts";

export type ServiceName = "web" | "gateway" | "worker" | "signer" | "provider";

/** Everything the processes of one deployment have in common. */
export type Deployment = {
  settings: Settings;
  masterKey: string;
  /** The one of before, while it changes; empty: it does not. */
  previousMasterKey: string;
  urls: RoleUrls;
  directUrls: DirectUrls;
  demo: boolean;
  /** Pages from source, processes that restart when a file changes. */
  development: boolean;
};

const loopback = (host: string): string => (host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host);

/** Where this machine reaches the web process, whatever people call it. */
export const localWebUrl = ({ host, port }: Settings): string => `http://${loopback(host)}:${port}`;
/** The address people open. */
export const webUrl = (settings: Settings): string => process.env.NEXTAUTH_URL || localWebUrl(settings);
/** Where this machine reaches the gateway. */
export const gatewayUrl = ({ host, gatewayPort }: Settings): string =>
  `http://${loopback(host)}:${gatewayPort}`;
/** The address that people and their programs call. */
export const publicGatewayUrl = (settings: Settings): string =>
  process.env.GATEWAY_PUBLIC_URL || process.env.GATEWAY_URL || gatewayUrl(settings);

/** Node's arguments for a service: a process that ends when we do, even when we are killed. */
export function serviceArgs(name: ServiceName, { settings, development }: Deployment): string[] {
  const node = [
    ...withParent(),
    ...(name === "gateway" ? gatewayNodeArgs : []),
    ...(name === "worker" ? workerNodeArgs : []),
  ];
  if (name === "web") {
    const next = path.join(checkout, "node_modules/next/dist/bin/next");
    // Whoever writes pages reads the console himself; elsewhere the log has lines of ours alone.
    const lines = path.join(checkout, "lib/auth/console-lines-main.ts");
    return [
      ...node,
      ...(development ? [] : ["--import", pathToFileURL(lines).href]),
      ...[next, development ? "dev" : "start", "-H", settings.host, "-p", String(settings.port)],
    ];
  }
  const program = name === "provider" ? "lib/providers/simulated/main.ts" : `lib/${name}/main.ts`;
  return [
    ...node,
    ...(development ? [path.join(checkout, "scripts/supervisor/watch-main.ts")] : []),
    program,
  ];
}

/** What a service is told; each gets the address of its own database role and nobody else's. */
export function serviceEnv(name: ServiceName, deployment: Deployment): NodeJS.ProcessEnv {
  const { settings, masterKey, previousMasterKey, urls, directUrls, demo, development } = deployment;
  const shared: NodeJS.ProcessEnv = {
    ...withoutSecrets(process.env),
    NODE_ENV: development ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DOMICILE_PROCESS: name,
    DOMICILE_HOME: settings.home,
    DOMICILE_DEMO: demo ? "on" : "off",
    HOST: settings.host,
    PORT: String(settings.port),
    GATEWAY_PORT: String(settings.gatewayPort),
    DOMICILE_DRAIN_SECONDS: String(settings.drainSeconds),
    GATEWAY_URL: process.env.GATEWAY_URL || gatewayUrl(settings),
  };
  // The simulated provider stands for OpenAI: it has no business with our database or keys.
  if (name === "provider") return shared;
  return {
    ...shared,
    DATABASE_URL: urls[name],
    ...(directUrls[name] ? { DATABASE_DIRECT_URL: directUrls[name] } : {}),
    ...(name === "web" && process.env.DATABASE_READ_URL
      ? { DATABASE_READ_URL: process.env.DATABASE_READ_URL }
      : {}),
    ...(name === "web" ? { NEXTAUTH_URL: webUrl(settings), NEXTAUTH_SECRET: sessionSecret(masterKey) } : {}),
    // Nobody else signs people in.
    ...(name === "web" ? { DOMICILE_OIDC_CLIENT_SECRET: process.env.DOMICILE_OIDC_CLIENT_SECRET ?? "" } : {}),
    // The signer needs nobody's secrets but its own.
    ...(name === "signer"
      ? {}
      : { DOMICILE_MASTER_KEY: masterKey, DOMICILE_MASTER_KEY_PREVIOUS: previousMasterKey }),
    // Alerts link to pages, and mails leave from there.
    ...(name === "worker"
      ? {
          ...workerMemoryEnv,
          NEXTAUTH_URL: webUrl(settings),
          ...(process.env.DOMICILE_SMTP_URL ? { DOMICILE_SMTP_URL: process.env.DOMICILE_SMTP_URL } : {}),
        }
      : {}),
    ...(demo ? simulationEnv(settings.home) : {}),
  };
}

/** Where simulated tenants dial, as the provider wrote it down when it came up. */
function simulationEnv(home: string): Partial<NodeJS.ProcessEnv> {
  const file = path.join(home, "provider.json");
  if (!fs.existsSync(file)) return {};
  const { connectTo, caFile } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    connectTo: string;
    caFile: string;
  };
  return { DOMICILE_CONNECT_TO: connectTo, DOMICILE_EXTRA_CA: caFile };
}

/** What the session cookie is signed with: as every other key, derived from the master key. */
export function sessionSecret(masterKey: string): string {
  const key = hkdfSync("sha256", Buffer.from(masterKey, "base64url"), "domicile/v1", "session-cookie", 32);
  return Buffer.from(key).toString("base64url");
}

/** What of ours a process of its own must not be told. */
const secretVariables: readonly string[] = [
  ...["DATABASE_URL", "DATABASE_READ_URL", "DATABASE_DIRECT_URL", "DOMICILE_MASTER_KEY", "NEXTAUTH_SECRET"],
  ...["DOMICILE_MASTER_KEY_PREVIOUS", "DOMICILE_CARRIED_KEYS", "DOMICILE_OIDC_CLIENT_SECRET"],
  "DOMICILE_SMTP_URL",
  ...processRoles.flatMap((role) => [urlVariable(role), directVariable(role)]),
];

/**
 * The owner's address and the other roles' stay with the supervisor. They are empty and not left out: Next reads the
 * checkout's `.env` by itself, and fills in whatever is not set.
 */
function withoutSecrets(env: NodeJS.ProcessEnv): Partial<NodeJS.ProcessEnv> {
  const hidden =
    /^(DATABASE_|PG|DOMICILE_MASTER_KEY|DOMICILE_CARRIED_KEYS$|DOMICILE_SMTP_URL$|NEXTAUTH_SECRET$|DOMICILE_OIDC_CLIENT_SECRET$)/;
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("npm_"));
  return Object.fromEntries([
    ...kept.map(([name, value]) => [name, hidden.test(name) ? "" : value]),
    ...secretVariables.map((name) => [name, ""]),
  ]);
}
