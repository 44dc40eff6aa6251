import { afterAll, beforeAll, expect, it } from "vitest";
import { createDestinationInput } from "../../contracts/alerts.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { createDestination } from "./create-destination.ts";
import { listFailing } from "./list-failing.ts";

let world: StoreWorld;
let bank: StoreTenant;
let ada: PersonActor;
const since = new Date("2026-11-20T10:00:00.000Z");
const later = (minutes: number) => new Date(since.getTime() + minutes * 60_000);

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("other");
  ada = await world.addPerson("ada", { bank: "admin" });
  for (const name of ["Failing", "Paused", "Removed", "Delivering"])
    await web(() =>
      createDestination(
        ada,
        createDestinationInput.parse({
          tenant: "bank",
          kind: "webhook",
          name,
          address: "https://r.example/",
          country: "DE",
        }),
      ),
    );
  await world.sql(
    "owner",
    { read: [bank.id], write: bank.id },
    `UPDATE alert_destination SET
        failing_since = CASE WHEN name <> 'Delivering' THEN $1::timestamptz END, last_outcome = 'timeout',
        paused_at = CASE WHEN name = 'Paused' THEN $1::timestamptz END,
        removed_at = CASE WHEN name = 'Removed' THEN $1::timestamptz END`,
    [since],
  );
});
afterAll(() => world?.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const failing = (actor: PersonActor, minutes: number, tenant?: string) =>
  web(() => listFailing(actor, { tenant }, later(minutes)));

it("names a destination that has failed for more than an hour, and none that is paused, removed or delivers", async () => {
  expect(await failing(ada, 60)).toEqual([]);
  const said = { tenant: "bank", name: "Failing", since: since.toISOString(), lastOutcome: "timeout" };
  expect(await failing(ada, 61)).toMatchObject([said]);
  expect(await failing(ada, 61, "bank")).toMatchObject([said]);
});

it("tells it to whoever may mend it, and to nobody else", async () => {
  const otto = await world.addPerson("otto", { bank: "officer", other: "admin" });
  const stranger = await world.addPerson("eve", { other: "admin" });
  const nobody = await world.addPerson("nob", {});
  for (const actor of [otto, stranger, nobody]) expect(await failing(actor, 61)).toEqual([]);
  await expect(failing(stranger, 61, "bank")).rejects.toMatchObject({ code: "not_found" });
});
