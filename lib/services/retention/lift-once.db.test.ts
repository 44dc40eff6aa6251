import { afterAll, beforeAll, expect, it } from "vitest";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { placeHold, requestLift } from "./request-retention.ts";

let world: StoreWorld;
let olga: PersonActor;
let otto: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  await world.addTenant("bank");
  olga = await world.addPerson("olga", { bank: "officer" });
  otto = await world.addPerson("otto", { bank: "officer" });
});
afterAll(() => world.drop());

it("a hold is asked to be lifted once: whoever asks again is told that a request waits for a decision", async () => {
  const reason = "The court has closed the case.";
  const web = <T>(action: () => Promise<T>) => world.as("web", action);
  const { id } = await web(() => placeHold(olga, { tenant: "bank", name: "Case 7", reason }));
  const other = await web(() => placeHold(olga, { tenant: "bank", name: "Case 8", reason }));
  await web(() => requestLift(olga, { tenant: "bank", id, reason }));
  for (const actor of [olga, otto])
    await web(() =>
      expect(requestLift(actor, { tenant: "bank", id, reason })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("waits for a decision"),
      }),
    );
  // Another hold has a request of its own.
  await web(() => requestLift(otto, { tenant: "bank", id: other.id, reason }));
});
