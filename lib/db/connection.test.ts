import { afterEach, expect, it, vi } from "vitest";
import { closeDatabases, database } from "./connection.ts";

afterEach(async () => {
  await closeDatabases();
  vi.unstubAllEnvs();
});

it("a pool opens as many connections as it is allowed, and no more", () => {
  vi.stubEnv("DATABASE_URL", "postgresql://web@127.0.0.1:1/nowhere");
  vi.stubEnv("DOMICILE_POOL_SIZE", "7");
  expect(database().pool.options.max).toBe(7);
});

it("asks a server that says nothing whether it lives, and not after the hours that the system would wait", () => {
  vi.stubEnv("DATABASE_URL", "postgresql://web@127.0.0.1:1/nowhere");
  const { keepAlive, keepAliveInitialDelayMillis = 0 } = database().pool.options;
  expect(keepAlive).toBe(true);
  expect(keepAliveInitialDelayMillis).toBeGreaterThan(0);
  expect(keepAliveInitialDelayMillis).toBeLessThanOrEqual(30_000);
});
