import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveCallViewInput } from "../../contracts/call-views.ts";
import { createStoreWorld, job, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { changeCallView, deleteCallView } from "./change-call-view.ts";
import { listCallViews } from "./list-call-views.ts";
import { saveCallView } from "./save-call-view.ts";

let world: StoreWorld;
let bank: StoreTenant;
let olga: PersonActor;
let otto: PersonActor;
let ada: PersonActor;
let stranger: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  await world.addTenant("shop");
  olga = await world.addPerson("olga", { bank: "officer", shop: "officer" });
  otto = await world.addPerson("otto", { bank: "auditor" });
  ada = await world.addPerson("ada", { bank: "admin" });
  stranger = await world.addPerson("nob", { shop: "admin" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);
const save = (actor: PersonActor, over: object = {}) =>
  web(() =>
    saveCallView(actor, saveCallViewInput.parse({ tenant: "bank", name: "Leaks", search: {}, ...over })),
  );
const names = async (actor: PersonActor) => (await web(() => listCallViews(actor))).map(({ name }) => name);
const events = () =>
  world.sql<{ kind: string; subject: string; detail: Record<string, unknown>; ledger_index: string | null }>(
    "owner",
    { read: [bank.id] },
    "SELECT kind, subject, detail, ledger_index FROM audit_event WHERE kind LIKE 'call_view.%' ORDER BY ledger_index",
  );

describe("a saved view", () => {
  it("is seen by its owner alone, until it is shared with the people of its tenant", async () => {
    const search = { verdict: ["violation"], range: "30d", tenant: "bank" };
    const { id } = await save(olga, { search });
    expect(await web(() => listCallViews(olga))).toMatchObject([
      {
        ...{ id, name: "Leaks", tenant: "bank", shared: false, mine: true, mayChange: true },
        query: "range=30d&tenant=bank&verdict=violation",
      },
    ]);
    expect(await names(otto)).toEqual([]);
    await web(() => changeCallView(olga, { tenant: "bank", id, name: "Leaks of the bank", shared: true }));
    expect(await web(() => listCallViews(otto))).toMatchObject([
      { name: "Leaks of the bank", savedBy: "olga", mine: false, mayChange: false },
    ]);
    expect(await names(stranger)).toEqual([]);
  });

  it("is an event of the tenant's log each time it changes, without name and filters while it is private", async () => {
    const [saved, changed] = await events();
    expect(saved).toMatchObject({
      kind: "call_view.saved",
      detail: { shared: false, name: null, query: null },
    });
    expect(changed).toMatchObject({
      kind: "call_view.changed",
      detail: {
        shared: true,
        name: "Leaks of the bank",
        query: expect.stringContaining("verdict=violation"),
      },
    });
    expect(saved?.ledger_index).not.toBeNull();
  });

  it("is changed by its owner and, where it is shared, by an admin; by nobody else", async () => {
    const { id } = await save(olga, { name: "Mine" });
    const change = (actor: PersonActor) =>
      web(() => changeCallView(actor, { tenant: "bank", id, name: "Taken", shared: false }));
    for (const actor of [otto, ada, stranger])
      await expect(change(actor), actor.name).rejects.toMatchObject({ code: "not_found" });
    await web(() => changeCallView(olga, { tenant: "bank", id, name: "Mine", shared: true }));
    await expect(change(otto)).rejects.toMatchObject({ code: "forbidden" });
    await expect(web(() => deleteCallView(otto, { tenant: "bank", id }))).rejects.toMatchObject({
      code: "forbidden",
    });
    await web(() => deleteCallView(ada, { tenant: "bank", id }));
    expect(await names(olga)).toEqual(["Leaks of the bank"]);
    expect((await events()).at(-1)).toMatchObject({ kind: "call_view.deleted", subject: id });
    await expect(web(() => deleteCallView(olga, { tenant: "bank", id }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("has a name that its owner has once in the tenant, and others may have too", async () => {
    await save(otto, { name: "Same" });
    await save(olga, { name: "Same" });
    await expect(save(olga, { name: "Same" })).rejects.toMatchObject({
      code: "conflict",
      fields: [{ field: "name" }],
    });
    await save(olga, { name: "Same", tenant: "shop" });
    expect(await names(otto)).toEqual(["Leaks of the bank", "Same"]);
  });

  it("is not shared by an auditor, not kept with a tenant it does not show, and not by a job", async () => {
    await expect(save(otto, { name: "For all", shared: true })).rejects.toMatchObject({ code: "forbidden" });
    await expect(save(olga, { name: "Odd", search: { tenant: "shop" } })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(save(stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      web(() => saveCallView(job, saveCallViewInput.parse({ tenant: "bank", name: "x", search: {} }))),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is counted: nobody keeps more than a hundred with a tenant", async () => {
    await world.sql(
      "owner",
      { read: [bank.id], write: bank.id },
      `INSERT INTO call_view SELECT $1, gen_random_uuid(), $2, 'ada', 'v' || n, false, '', now() FROM generate_series(1, 100) n`,
      [bank.id, ada.personId],
    );
    await expect(save(ada, { name: "One more" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps its filters and its owner whatever the web process says", async () => {
    for (const set of ["query = ''", "person_id = gen_random_uuid()", "saved_at = now()"])
      await expect(
        world.sql("web", { read: [bank.id], write: bank.id }, `UPDATE call_view SET ${set}`),
        set,
      ).rejects.toThrow(/permission denied/);
    await expect(world.sql("gateway", { read: [bank.id] }, "SELECT * FROM call_view")).rejects.toThrow(
      /permission denied/,
    );
  });
});
