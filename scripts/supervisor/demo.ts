import fs from "node:fs";
import path from "node:path";
import { isEmpty, type Store } from "../database/prepare.ts";
import { checkout, readJson, writeJson } from "../state/home.ts";
import { readRemembered, remember, type Settings } from "../state/settings.ts";
import { runTracked } from "./children.ts";
import { gatewayUrl, publicGatewayUrl, webUrl } from "./services.ts";

type DemoFile = {
  web: string;
  gateway: string;
  users: { email: string; password: string; role: string }[];
  tenants: { slug: string; gatewayKey: string }[];
};

/** Whether this run is a demo, and whether its story must still be told. */
export async function planDemo(settings: Settings, store: Store): Promise<{ demo: boolean; seed: boolean }> {
  const { demo: remembered, seed } = readRemembered(settings.home);
  const empty = await isEmpty(store.ownerUrl);
  const embedded = store.server !== null;
  const demo = settings.demo ?? remembered ?? (embedded && empty);
  if (remembered === undefined) remember(settings.home, { demo });
  return { demo, seed: demo && embedded && (empty || seed === "started") };
}

/** Plays the demo story through the real verbs. crash: a run cut short is noticed by the next start, which goes on with it. */
export async function seedDemo(settings: Settings, store: Store, masterKey: string): Promise<void> {
  remember(settings.home, { seed: "started" });
  await runTracked(
    "The demo seed",
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "prisma/seed/main.ts"],
    {
      cwd: checkout,
      env: {
        ...process.env,
        NODE_ENV: "production",
        DOMICILE_PROCESS: "seed",
        DOMICILE_HOME: settings.home,
        DOMICILE_MASTER_KEY: masterKey,
        DOMICILE_DEMO: "on",
        DATABASE_URL: store.ownerUrl,
        DATABASE_DIRECT_URL: "",
        PORT: String(settings.port),
        GATEWAY_PORT: String(settings.gatewayPort),
        NEXTAUTH_URL: webUrl(settings),
        GATEWAY_URL: gatewayUrl(settings),
        LOG_LEVEL: "warn",
      },
    },
  );
  remember(settings.home, { seed: "done" });
}

/** `demo.json` with the addresses of this run; null where there is none. */
export function refreshDemoFile(settings: Settings): DemoFile | null {
  const file = path.join(settings.home, "demo.json");
  if (!fs.existsSync(file)) return null;
  const demo = readJson<DemoFile>(file);
  if (!demo) return null;
  const current = { ...demo, web: webUrl(settings), gateway: publicGatewayUrl(settings) };
  if (JSON.stringify(current) !== JSON.stringify(demo)) writeJson(file, current);
  return current;
}

export function demoBlock(demo: DemoFile, home: string): string[] {
  const width = Math.max(...demo.users.map((user) => user.email.length));
  const roleWidth = Math.max(...demo.users.map((user) => user.role.length));
  return [
    "  Demo logins",
    ...demo.users.map(
      (user) => `    ${user.role.padEnd(roleWidth)}  ${user.email.padEnd(width)}  ${user.password}`,
    ),
    "",
    `  Demo gateway keys are in ${path.join(home, "demo.json")}`,
  ];
}
