import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statePriceInput } from "../../contracts/prices.ts";
import { usageSearch } from "../../contracts/usage.ts";
import {
  callAt,
  createStoreWorld,
  job,
  type StoreTenant,
  type StoreWorld,
} from "../../testing/store-world.ts";
import { recordCalls } from "../calls/record-calls.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { publishCatalog } from "../catalog/publish-catalog.ts";
import { getPriceBook } from "../prices/get-price-book.ts";
import { statePrice } from "../prices/state-price.ts";
import { withdrawPrice } from "../prices/withdraw-price.ts";
import type { PersonActor } from "../sessions/find-session.ts";
import { getUsage } from "./get-usage.ts";

const now = new Date("2026-11-20T12:00:00.000Z");
const million = { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: null, reasoningTokens: null };
const silent = { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null };
let world: StoreWorld;
let bank: StoreTenant;
let reader: PersonActor;
/** The model that the calls of the tests ask for. */
let model: string;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  reader = await world.addPerson("rea", { bank: "auditor" });
  const call = callAt(bank, "2026-11-20T01:00:00.000Z");
  model = call.facts.modelRequested ?? "";
  await world.as("gateway", () =>
    recordCalls(bank.id, [
      { ...call, usage: million },
      callAt(bank, "2026-11-20T02:00:00.000Z", { usage: million, host: "api.openai.com" }),
      callAt(bank, "2026-11-20T03:00:00.000Z", { usage: silent }),
      callAt(bank, "2026-11-17T03:00:00.000Z", { usage: million }),
      callAt(bank, "2026-11-19T03:00:00.000Z", { usage: million }),
    ]),
  );
});
afterAll(() => world.drop());

const usage = (search: object = {}) =>
  world.as("web", () => getUsage(reader, usageSearch.parse({ range: "24h", ...search }), now));
const state = (over: object) =>
  world.as("web", () =>
    statePrice(
      job,
      statePriceInput.parse({
        mode: "simulated",
        model,
        effectiveFrom: "2026-11-01",
        inputUsd: 2,
        outputUsd: 8,
        upliftPercent: 10,
        source: "Contract of the test, 2026-11-01",
        ...over,
      }),
    ),
  );

describe("the cost of calls", () => {
  it("is unknown, and not nothing, where no price was stated", async () => {
    const { total } = await usage();
    expect(total.cost).toEqual({
      usd: 0,
      upliftUsd: 0,
      pricedCalls: 0,
      unpricedCalls: 2,
      tokenlessCalls: 1,
      upliftUnknownCalls: 0,
    });
  });

  it("is of the simulated provider's prices where the tenant is simulated, never of real ones", async () => {
    await state({ mode: "live", inputUsd: 0.15 });
    expect((await usage()).total.cost.pricedCalls).toBe(0);
    await state({});
    const { rows, total, previous } = await usage({ by: "region" });
    const costs = Object.fromEntries(rows.map(({ key, cost }) => [key, cost]));
    expect(costs.eu).toMatchObject({ pricedCalls: 1, tokenlessCalls: 1, usd: 2.2 });
    expect(costs.eu?.upliftUsd).toBeCloseTo(0.2, 9);
    expect(costs.global).toMatchObject({ usd: 2, upliftUsd: 0 });
    expect(total.cost.usd).toBeCloseTo(4.2, 9);
    expect(previous.cost.usd).toBeCloseTo(2.2, 9);
  });

  it("goes by the price of each day, over time as in the sum", async () => {
    await state({ effectiveFrom: "2026-11-18", inputUsd: 1, upliftPercent: 0 });
    const { total, points, rows } = await usage({ range: "7d", by: "model" });
    expect(total.cost.usd).toBeCloseTo(2.2 + 1 + 1 + 1, 9);
    expect(points.reduce((sum, { cost }) => sum + cost.usd, 0)).toBeCloseTo(5.2, 9);
    expect(rows.reduce((sum, { cost }) => sum + cost.usd, 0)).toBeCloseTo(5.2, 9);
    // The price changes within seven days that are told as one.
    const year = await usage({ from: "2026-01-13T00:00:00Z", by: "model" });
    expect(year.step).toBe("week");
    expect(year.points.flatMap(({ cost }) => (cost.usd > 0 ? [cost.usd.toFixed(2)] : []))).toEqual(["5.20"]);
    expect(year.total.cost.usd).toBeCloseTo(5.2, 9);
  });

  it("is corrected by a later word on the same day, and falls back where that is withdrawn", async () => {
    await state({ effectiveFrom: "2026-11-18", inputUsd: 4, upliftPercent: 0 });
    expect((await usage({ by: "model" })).total.cost.usd).toBeCloseTo(8, 9);
    const which = { mode: "simulated", provider: "openai", model, effectiveFrom: "2026-11-18" } as const;
    await world.as("web", () => withdrawPrice(job, { ...which, reason: "Mistyped." }));
    expect((await usage()).total.cost.usd).toBeCloseTo(4.2, 9);
    await world.as("web", () =>
      expect(withdrawPrice(job, { ...which, reason: "Again." })).rejects.toMatchObject({ code: "not_found" }),
    );
  });

  it("is narrowed with the calls", async () => {
    const { total } = await usage({ region: ["global"], model: [model] });
    expect(total).toMatchObject({ calls: 1, cost: { pricedCalls: 1, usd: 2 } });
    expect((await usage({ operation: ["embeddings.create"] })).total.calls).toBe(0);
  });
});

it("knows no cost to be missing of what runs no model, and nobody's use in what Domicile asks for itself", async () => {
  const shop = await world.addTenant("shop");
  const pia = await world.addPerson("pia", { shop: "officer" });
  const of = (operation: string, over: Parameters<typeof callAt>[2] = {}) => {
    const call = callAt(shop, "2026-11-20T01:00:00.000Z", { usage: silent, ...over });
    return { ...call, facts: { ...call.facts, operation } };
  };
  await world.as("gateway", () =>
    recordCalls(shop.id, [
      of("models.list"),
      of("files.create"),
      of("batches.retrieve", { source: "upkeep" }),
    ]),
  );
  const read = () => world.as("web", () => getUsage(pia, usageSearch.parse({ range: "24h" }), now));
  expect((await read()).total).toMatchObject({ calls: 2, cost: { tokenlessCalls: 0, unpricedCalls: 0 } });
  // An image is paid for by no token that was told: that cost is unknown.
  await world.as("gateway", () => recordCalls(shop.id, [of("images.generate")]));
  expect((await read()).total).toMatchObject({ calls: 3, cost: { tokenlessCalls: 1 } });
});

it("knows no cost to be missing of what the provider turned away, and of every other failure it does", async () => {
  const clinic = await world.addTenant("clinic");
  const cleo = await world.addPerson("cleo", { clinic: "officer" });
  const answered = (status: number, over: Parameters<typeof callAt>[2] = {}) => {
    const call = callAt(clinic, "2026-11-20T01:00:00.000Z", { usage: silent, ...over });
    return { ...call, attempts: call.attempts.map((attempt) => ({ ...attempt, status })) };
  };
  const read = async () =>
    (await world.as("web", () => getUsage(cleo, usageSearch.parse({ range: "24h" }), now))).total;
  const record = (...calls: ReturnType<typeof callAt>[]) =>
    world.as("gateway", () => recordCalls(clinic.id, calls));
  const turnedAway = [401, 404, 429].map((status) => answered(status));
  await record(...turnedAway);
  expect(await read()).toMatchObject({
    calls: 3,
    errors: 3,
    cost: { usd: 0, pricedCalls: 3, unpricedCalls: 0, tokenlessCalls: 0 },
  });
  // A filter's 400, a time-out and a failure may have been charged, and an answer that broke off told nothing.
  await record(answered(400), answered(408), answered(500), answered(200, { end: "upstream_failed" }));
  expect(await read()).toMatchObject({ calls: 7, cost: { pricedCalls: 3, tokenlessCalls: 4 } });
});

describe("the price book", () => {
  it("is read by everybody, changed by administrators of the deployment alone, and each change is an event", async () => {
    const { prices, uplifts } = await world.as("web", () => getPriceBook(reader));
    expect(prices.map(({ mode, effectiveFrom }) => [mode, effectiveFrom])).toEqual([
      ["live", "2026-11-01"],
      ["simulated", "2026-11-01"],
    ]);
    expect(uplifts.find(({ region }) => region === "eu")).toMatchObject({ percent: 10 });
    const input = statePriceInput.parse({
      mode: "live",
      model: "m",
      effectiveFrom: "2026-11-01",
      inputUsd: 0.15,
      outputUsd: 0.6,
      source: "A page",
    });
    await world.as("web", () =>
      expect(statePrice(reader, input)).rejects.toMatchObject({ code: "forbidden" }),
    );
    const events = await world.sql<{ kind: string }>(
      "owner",
      {},
      "SELECT kind FROM system_event WHERE kind LIKE 'price.%' ORDER BY at, id",
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      "price.stated",
      "price.stated",
      "price.stated",
      "price.stated",
      "price.withdrawn",
    ]);
  });

  it("keeps every word that was said", async () => {
    await expect(world.sql("web", {}, "UPDATE model_price SET input_usd = 0")).rejects.toThrow(
      /permission denied/,
    );
    await expect(world.sql("owner", {}, "DELETE FROM model_price")).rejects.toThrow();
  });
});

describe("what a regional host adds", () => {
  it("is what the catalog of each day says, and not what a later one would have said", async () => {
    const marked = "gpt-5.4-2026-03-05";
    const at = ["2026-11-17", "2026-11-19", "2026-11-20"];
    await world.as("gateway", () =>
      recordCalls(
        bank.id,
        at.map((day) => {
          const call = callAt(bank, `${day}T03:30:00.000Z`, { usage: million });
          return { ...call, facts: { ...call.facts, modelRequested: marked } };
        }),
      ),
    );
    await state({ model: marked, upliftPercent: null });
    const uplift = async (of = marked) => {
      const { total, points } = await usage({ range: "7d", region: ["eu"], model: [of] });
      return [total.cost.upliftUsd, ...points.map(({ cost }) => cost.upliftUsd).filter((usd) => usd > 0)];
    };
    expect((await uplift()).map((usd) => usd.toFixed(2))).toEqual(["0.60", "0.20", "0.20", "0.20"]);
    const eu = (await world.as("web", currentCatalog)).regions.find(({ code }) => code === "eu");
    if (!eu) throw new Error("The catalog has no eu.");
    const storage = { ...eu.storage, confirmedBy: null };
    const row = { ...eu, storage, confirmedBy: null, priceUpliftPercent: 0 };
    const draft = {
      kind: "edits" as const,
      edits: [{ kind: "put" as const, table: "regions" as const, row }],
    };
    await world.as("web", () =>
      publishCatalog(
        job,
        { basedOn: 1, reason: "Europe adds nothing any more.", draft },
        { at: new Date("2026-11-19T02:30:00.000Z") },
      ),
    );
    expect((await uplift()).map((usd) => usd.toFixed(2))).toEqual(["0.20", "0.20"]);
    // A contract's own word is another matter.
    expect((await uplift(model)).map((usd) => usd.toFixed(2))).toEqual(["0.60", "0.20", "0.20", "0.20"]);
  });
});
