import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseSettings } from "./database-settings.ts";

beforeEach(() => vi.stubEnv("DATABASE_URL", "postgresql://web@127.0.0.1/domicile"));
afterEach(() => vi.unstubAllEnvs());

describe("a pool's size", () => {
  it("is the one that operations.md names where nobody says otherwise", () => {
    expect(databaseSettings().poolSize).toBe(10);
  });

  it("is read anew when it is said", () => {
    expect(databaseSettings().poolSize).toBe(10);
    vi.stubEnv("DOMICILE_POOL_SIZE", "40");
    expect(databaseSettings().poolSize).toBe(40);
  });

  it.each(["4", "201", "many"])("is refused where it is %s", (size) => {
    vi.stubEnv("DOMICILE_POOL_SIZE", size);
    expect(() => databaseSettings()).toThrow("DOMICILE_POOL_SIZE");
  });
});
