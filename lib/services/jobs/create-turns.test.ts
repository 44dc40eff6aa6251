import { expect, it } from "vitest";
import { createTurns, forEachTenant } from "./create-turns.ts";

it("does it for everybody, whoever fails, and says then whose failed and why", async () => {
  const done: string[] = [];
  const cause = new Error("integer out of range");
  const all = forEachTenant(["a", "bad", "b", "worse", "c"], async (tenant) => {
    if (tenant === "bad") throw cause;
    if (tenant === "worse") throw new Error("another");
    done.push(tenant);
  });
  await expect(all).rejects.toMatchObject({ message: expect.stringMatching(/bad and 1 more/), cause });
  expect(done).toEqual(["a", "b", "c"]);
  await forEachTenant(["a"], async (tenant) => done.push(tenant));
});

it("goes on with nobody whose step before has failed", async () => {
  const turns = createTurns();
  const steps: string[] = [];
  const step = (name: string) => (tenant: string) => {
    steps.push(`${tenant}:${name}`);
    return tenant === "bad" && name === "1" ? Promise.reject(new Error("no")) : Promise.resolve();
  };
  const of = (tenant: string) => tenant;
  expect(await turns.each(["bad", "bad", "good"], of, step("1"))).toBe(false);
  expect(await turns.each(["bad", "good"], of, step("2"))).toBe(false);
  expect(await turns.each(["good"], of, step("3"))).toBe(true);
  expect(steps).toEqual(["bad:1", "good:1", "good:2", "good:3"]);
  expect(turns.end).toThrow(/failed for bad;/);
});
