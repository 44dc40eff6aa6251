import { afterAll, beforeAll, expect, it } from "vitest";
import { callSearch } from "../../contracts/calls.ts";
import { findingSearch } from "../../contracts/findings.ts";
import { chat } from "../../core/testing/case.ts";
import { callAt, createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { listCalls } from "../calls/list-calls.ts";
import { recordCalls } from "../calls/record-calls.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getFinding } from "./get-finding.ts";
import { listFindings } from "./list-findings.ts";

let world: StoreWorld;
let bank: StoreTenant;
let officer: PersonActor;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  officer = await world.addPerson("otto", { bank: "officer" });
});
afterAll(() => world.drop());

const web = <T>(action: () => Promise<T>) => world.as("web", action);

it("a case's query names its model: calls of another model, out of the same host, are another case's", async () => {
  const models = ["gpt-4o-2024-08-06", "gpt-5.5-2026-04-23"];
  const leaks = models.map((model, hour) =>
    callAt(bank, `2026-11-02T0${hour + 7}:00:00.000Z`, {
      host: "api.openai.com",
      facts: chat({
        simulated: true,
        store: { said: true, value: false },
        modelRequested: model,
        modelAnswered: model,
      }),
    }),
  );
  // One more between the two, so that no window could tell them apart.
  const again = callAt(bank, "2026-11-02T09:00:00.000Z", {
    host: "api.openai.com",
    facts: leaks[0]?.facts ?? chat(),
  });
  await world.as("gateway", () => recordCalls(bank.id, [...leaks, again]));
  const { items } = await web(() =>
    listFindings(officer, findingSearch.parse({ tenant: "bank", cause: ["host_out_of_region"] })),
  );
  expect(items.map(({ model }) => model).toSorted()).toEqual(models);
  for (const { id, model } of items) {
    const query = new URLSearchParams((await web(() => getFinding(officer, id))).callsQuery);
    expect(query.getAll("model")).toEqual([model]);
    const asked = Object.fromEntries(
      [...new Set(query.keys())].map((name) => [
        name,
        ["tenant", "from", "to"].includes(name) ? query.get(name) : query.getAll(name),
      ]),
    );
    const page = await web(() => listCalls(officer, callSearch.parse(asked)));
    expect(page.items).toHaveLength(model === models[0] ? 2 : 1);
    expect(new Set(page.items.map(({ modelRequested }) => modelRequested))).toEqual(new Set([model]));
  }
});
