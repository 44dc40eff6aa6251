import os from "node:os";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createStoreWorld, type StoreWorld } from "../testing/store-world.ts";
import { jobs } from "./jobs.ts";

let world: StoreWorld;
beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("first");
});
afterAll(() => world.drop());

const lead = { fence: 1, isHeld: async () => true, release: async () => undefined };
/** They look so often that a thousand tenants would each be asked about without a pause. */
const eager = jobs.filter(({ everyMs }) => everyMs <= 5_000);

/** How many statements a pass of each job sends where there is nothing to do. */
async function statements(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await world.as("worker", async () => {
    for (const { name, run } of eager) {
      const query = vi.spyOn(pg.Client.prototype, "query");
      await run(lead, new AbortController().signal);
      counts[name] = query.mock.calls.length;
      query.mockRestore();
    }
  });
  return counts;
}

it("a job that looks every few seconds asks no more often where more tenants have nothing to do", async () => {
  vi.stubEnv("DOMICILE_HOME", os.tmpdir());
  vi.stubEnv("NEXTAUTH_URL", "https://domicile.example");
  await statements();
  const ofOne = await statements();
  for (const slug of ["second", "third", "fourth"]) await world.addTenant(slug);
  expect(await statements()).toEqual(ofOne);
  expect(Math.min(...Object.values(ofOne))).toBeGreaterThan(0);
});
