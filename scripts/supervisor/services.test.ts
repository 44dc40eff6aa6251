import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gatewaySettings } from "../../lib/env/gateway-settings.ts";
import { directUrls } from "../database/direct-urls.ts";
import { processRoles } from "../database/process-roles.ts";
import { checkout } from "../state/home.ts";
import { readSettings } from "../state/settings.ts";
import { type Deployment, serviceEnv } from "./services.ts";

const deployment: Deployment = {
  settings: {
    home: "/nowhere",
    host: "127.0.0.1",
    port: 3001,
    gatewayPort: 8788,
    drainSeconds: 45,
    postgresPort: undefined,
    databaseUrl: null,
    directUrl: null,
    demo: false,
  },
  masterKey: "m",
  previousMasterKey: "",
  urls: {
    web: "postgresql://w:wp@pooler:6432/d",
    gateway: "postgresql://g:gp@pooler:6432/d",
    worker: "postgresql://k:k%40p@pooler:6432/d",
    signer: "postgresql://s:sp@pooler:6432/d",
  },
  directUrls: {},
  demo: false,
  development: false,
};

afterEach(() => vi.unstubAllEnvs());

describe("what a service is told of the gateway", () => {
  it("is the one of this machine, or the one that is named where it stands elsewhere", () => {
    vi.stubEnv("GATEWAY_URL", "");
    expect(serviceEnv("web", deployment).GATEWAY_URL).toBe("http://127.0.0.1:8788");
    vi.stubEnv("GATEWAY_URL", "https://gateway.example");
    for (const name of ["web", "worker"] as const)
      expect(serviceEnv(name, deployment).GATEWAY_URL).toBe("https://gateway.example");
  });
});

describe("how long open calls may go on", () => {
  it("is told to the gateway as it was set", () => {
    expect(serviceEnv("gateway", deployment).DOMICILE_DRAIN_SECONDS).toBe("45");
    vi.stubEnv("DOMICILE_HOME", "/nowhere");
    expect(readSettings({ NODE_ENV: "test" }).drainSeconds).toBe(gatewaySettings().drainMs / 1_000);
  });

  it.each(["0", "601", "1.5", "long"])("is refused as %s before anything starts", (text) => {
    expect(() => readSettings({ NODE_ENV: "test", DOMICILE_DRAIN_SECONDS: text })).toThrow(
      `DOMICILE_DRAIN_SECONDS=${text} is not understood: a whole number from 1 to 600 is needed.`,
    );
  });
});

describe("the way past a pooler", () => {
  const past = (env: NodeJS.ProcessEnv): Deployment => {
    const settings = readSettings(env);
    return { ...deployment, settings, directUrls: directUrls(deployment.urls, settings, env) };
  };
  const owner = "postgresql://owner:op@server:5432/d";

  it("reaches each process under its own role, and never as the owner's", () => {
    vi.stubEnv("DATABASE_DIRECT_URL", owner);
    const all = past({ NODE_ENV: "test", DATABASE_DIRECT_URL: owner });
    const told = processRoles.map((name) => serviceEnv(name, all).DATABASE_DIRECT_URL);
    expect(told).toEqual([
      "postgresql://w:wp@server:5432/d",
      "postgresql://g:gp@server:5432/d",
      "postgresql://k:k%40p@server:5432/d",
      "postgresql://s:sp@server:5432/d",
    ]);
  });

  it("is the given one where roles were made by hand", () => {
    const given = "postgresql://s:sp@past.example:5432/d";
    const all = past({ NODE_ENV: "test", DATABASE_DIRECT_URL: owner, DATABASE_DIRECT_URL_SIGNER: given });
    expect(serviceEnv("signer", all).DATABASE_DIRECT_URL).toBe(given);
    expect(serviceEnv("web", all).DATABASE_DIRECT_URL).toBe("postgresql://w:wp@server:5432/d");
  });

  it("is none where nobody names one", () => {
    const all = past({ NODE_ENV: "test" });
    for (const name of processRoles) expect(serviceEnv(name, all).DATABASE_DIRECT_URL).toBe("");
  });

  it("is refused before anything starts where it is no address, without repeating it", () => {
    const wrong = () => past({ NODE_ENV: "test", DATABASE_DIRECT_URL_WEB: "web:secret@server" });
    expect(wrong).toThrow("DATABASE_DIRECT_URL_WEB is not understood");
    expect(wrong).not.toThrow("secret");
  });
});

it("tells the identity provider's secret to the web process alone", () => {
  vi.stubEnv("DOMICILE_OIDC_CLIENT_SECRET", "of a test");
  const told = (["web", "gateway", "worker", "signer", "provider"] as const).filter(
    (name) => serviceEnv(name, deployment).DOMICILE_OIDC_CLIENT_SECRET,
  );
  expect(told).toEqual(["web"]);
});

describe("what Next makes of the checkout's .env", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-dot-env-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it("tells the web process nothing of the owner, of other roles or of the embedded server", () => {
    const secrets = {
      DATABASE_URL: "postgresql://owner:op@server/d",
      DATABASE_DIRECT_URL: "postgresql://owner:op@server/d",
      ...Object.fromEntries(
        processRoles.flatMap((role) => [
          [`DATABASE_URL_${role.toUpperCase()}`, deployment.urls[role]],
          [`DATABASE_DIRECT_URL_${role.toUpperCase()}`, deployment.urls[role]],
        ]),
      ),
      PGPORT: "5499",
      NEXTAUTH_SECRET: "s".repeat(40),
      DOMICILE_SMTP_URL: "smtps://alerts:pw@mail.example",
    };
    const lines = Object.entries({ ...secrets, DOMICILE_RELAY_COUNTRY: "DE" });
    fs.writeFileSync(path.join(folder, ".env"), lines.map(([name, value]) => `${name}=${value}\n`).join(""));
    // A file that the supervisor does not read, and Next does.
    fs.writeFileSync(path.join(folder, ".env.local"), "DATABASE_URL_GATEWAY=postgresql://g:local@server/d\n");
    // As `loadDotEnv` leaves it.
    for (const [name, value] of lines) vi.stubEnv(name, value);

    const env = serviceEnv("web", deployment);
    const seen = envUnderNext(folder, env);
    expect(seen.DOMICILE_RELAY_COUNTRY).toBe("DE");
    expect(seen.DATABASE_URL).toBe(deployment.urls.web);
    expect(seen.NEXTAUTH_SECRET).toBe(env.NEXTAUTH_SECRET);
    for (const name of Object.keys(secrets).filter(
      (each) => !["DATABASE_URL", "NEXTAUTH_SECRET"].includes(each),
    ))
      expect(seen[name] || undefined, name).toBeUndefined();
  });

  it("tells the worker alone of the mail server, and where people open what a mail links to", () => {
    vi.stubEnv("DOMICILE_SMTP_URL", "smtps://alerts:pw@mail.example");
    const told = (["web", "gateway", "worker", "signer"] as const).filter(
      (name) => serviceEnv(name, deployment).DOMICILE_SMTP_URL,
    );
    expect(told).toEqual(["worker"]);
    expect(serviceEnv("worker", deployment).NEXTAUTH_URL).toBe(serviceEnv("web", deployment).NEXTAUTH_URL);
  });

  it("would tell it what is merely left out", () => {
    fs.writeFileSync(path.join(folder, ".env"), "DATABASE_URL_GATEWAY=postgresql://g:gp@server/d\n");
    const { DATABASE_URL_GATEWAY, ...without } = serviceEnv("web", deployment);
    expect(DATABASE_URL_GATEWAY).toBe("");
    expect(envUnderNext(folder, without).DATABASE_URL_GATEWAY).toBe("postgresql://g:gp@server/d");
  });

  /** The environment after Next has loaded the folder's files, as `next start` does first of all. */
  function envUnderNext(at: string, env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
    const program = `
      const { createRequire } = require("node:module");
      const next = createRequire(require.resolve("next/package.json"));
      next("@next/env").loadEnvConfig(process.argv[1], false);
      process.stdout.write(JSON.stringify(process.env));`;
    const told = execFileSync(process.execPath, ["-e", program, at], {
      cwd: checkout,
      env: env as NodeJS.ProcessEnv,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(told) as NodeJS.ProcessEnv;
  }
});
