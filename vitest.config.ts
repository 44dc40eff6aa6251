import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const at = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const product = "{app,components,lib,prisma}/**";
const setupFiles = [at("./lib/testing/console-noise.ts"), at("./lib/testing/patience.ts")];
const shared = { extends: true } as const;

/** Whose tests run on PostgreSQL and start nothing. */
const stores = "{app,prisma,lib/auth,lib/db,lib/services}";
const onPostgres = {
  environment: "node" as const,
  globalSetup: [at("./lib/testing/database-server.ts")],
  setupFiles,
};

/** Tests that put something in the place of a module. Only a file that is loaded by itself is safe from what another file mocked. */
const mocking = globSync(`{app,components,lib,prisma}/**/*.test.ts`, { cwd: at(".") }).filter((file) =>
  /\bvi\.(do)?[mM]ock\(/.test(readFileSync(at(file), "utf8")),
);
const escaped = mocking.map((file) => file.replace(/[[\]()*?{}]/g, "\\$&"));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "server-only": at("./lib/testing/nothing.ts") } },
  test: {
    // Made up for tests; nothing outside them is protected by it.
    env: { DOMICILE_MASTER_KEY: "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk", LOG_LEVEL: "silent" },
    // A file waits for its database or its gateway half of the time.
    maxWorkers: 2,
    // They end what hangs, and nothing else: under load, on a slow machine, the longest of them take a minute.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        ...shared,
        test: {
          name: "core",
          environment: "node",
          include: ["lib/core/**/*.test.ts"],
          // The core is pure: its files have nothing to hide from one another, and loading it anew for each takes longer than they do.
          isolate: false,
          setupFiles,
        },
      },
      {
        ...shared,
        test: {
          name: "unit",
          environment: "node",
          include: [`${product}/*.test.ts`],
          exclude: ["**/*.db.test.ts", "lib/core/**", ...escaped],
          // To load the product's modules anew for each file takes longer than the tests do. What a file leaves behind in
          // its process, such as a variable of the environment, it takes back, or another file fails.
          isolate: false,
          setupFiles,
        },
      },
      {
        ...shared,
        test: {
          name: "mocking",
          environment: "node",
          include: escaped,
          exclude: ["**/*.db.test.ts"],
          setupFiles,
        },
      },
      {
        ...shared,
        test: {
          name: "dom",
          environment: "jsdom",
          include: [`${product}/*.test.tsx`],
          setupFiles: [...setupFiles, at("./lib/testing/dom-patience.ts")],
        },
      },
      {
        ...shared,
        test: {
          ...onPostgres,
          name: "db",
          include: [`${stores}/**/*.db.test.ts`],
          // As with `unit`; each file has a database of its own, and what the product keeps of one it keeps for that one alone.
          isolate: false,
        },
      },
      {
        ...shared,
        // They start gateways, workers and signers in their own process, and count what those say of themselves.
        test: {
          ...onPostgres,
          name: "process",
          include: [`${product}/*.db.test.ts`],
          exclude: [`${stores}/**`],
        },
      },
      {
        ...shared,
        test: {
          name: "scripts",
          environment: "node",
          include: ["scripts/**/*.test.ts"],
          setupFiles,
        },
      },
    ],
  },
});
