import { describe, expect, it } from "vitest";
import type { Catalog } from "../regions/catalog.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { costOf, type Price, priceOn, providerOfRegion, upliftOn } from "./price-book.ts";

const price = (over: Partial<Price> = {}): Price => ({
  mode: "live",
  provider: "openai",
  model: "gpt-5.4",
  effectiveFrom: "2026-03-05",
  inputUsd: 2,
  cachedUsd: 0.5,
  outputUsd: 10,
  upliftPercent: null,
  ...over,
});
const ask = { mode: "live", provider: "openai", model: "gpt-5.4", day: "2026-11-22" } as const;

describe("priceOn", () => {
  it("is the newest price of the day, and none before the first", () => {
    const cut = price({ effectiveFrom: "2026-06-01", inputUsd: 1 });
    const book = [cut, price()];
    expect(priceOn(book, ask)).toBe(cut);
    expect(priceOn(book, { ...ask, day: "2026-05-31" })?.inputUsd).toBe(2);
    expect(priceOn(book, { ...ask, day: "2026-06-01" })).toBe(cut);
    expect(priceOn(book, { ...ask, day: "2026-03-04" })).toBeNull();
  });

  it("gives a dated snapshot its own price, else that of its undated name, and never another's", () => {
    const dated = price({ model: "gpt-5.4-2026-03-05", inputUsd: 7 });
    expect(priceOn([price()], { ...ask, model: "gpt-5.4-2026-03-05" })?.inputUsd).toBe(2);
    expect(priceOn([price(), dated], { ...ask, model: "gpt-5.4-2026-03-05" })?.inputUsd).toBe(7);
    expect(priceOn([dated], ask)).toBeNull();
    expect(priceOn([price()], { ...ask, model: "gpt-5.4-mini" })).toBeNull();
  });

  it("never mixes simulated and real prices, or providers", () => {
    expect(priceOn([price()], { ...ask, mode: "simulated" })).toBeNull();
    expect(priceOn([price()], { ...ask, provider: "azure" })).toBeNull();
    expect(providerOfRegion("eu", openaiCatalog)).toBe("openai");
    expect(providerOfRegion("global", openaiCatalog)).toBe("openai");
    expect(providerOfRegion("unknown", openaiCatalog)).toBe("custom");
  });
});

describe("the uplift of regional hosts", () => {
  it("is what the catalog states for the model, nothing at the global endpoint, and unknown where it is silent", () => {
    const at = (region: string, model: string, over: Partial<Price> = {}) =>
      upliftOn(region, model, price(over), openaiCatalog);
    expect(at("eu", "gpt-5.4-2026-03-05")).toBe(10);
    expect(at("eu", "gpt-5.5")).toBe(10);
    expect(at("eu", "gpt-4.1-2025-04-14")).toBe(0);
    expect(at("eu", "gpt-5.6-sol")).toBeNull();
    expect(at("eu", "gpt-5.6-sol", { upliftPercent: 12 })).toBe(12);
    expect(at("global", "gpt-5.4-2026-03-05")).toBe(0);
    expect(at("eu", "nobody-knows-it")).toBeNull();
  });

  it("is unknown on hosts of storage alone, of which the catalog says nothing, but for models that have none", () => {
    const at = (region: string, model: string, over: Partial<Price> = {}) =>
      upliftOn(region, model, price(over), openaiCatalog);
    for (const region of ["ca", "sg", "kr", "gb"]) {
      expect(at(region, "gpt-5.4-2026-03-05")).toBeNull();
      expect(at(region, "gpt-4.1-2025-04-14")).toBe(0);
      expect(at(region, "gpt-5.4-2026-03-05", { upliftPercent: 12 })).toBe(12);
    }
  });

  it("is the price's own before the catalog's, also where the catalog says that a region adds none", () => {
    const none: Catalog = {
      ...openaiCatalog,
      regions: openaiCatalog.regions.map((row) => ({ ...row, priceUpliftPercent: 0 })),
    };
    const at = (region: string, over: Partial<Price> = {}) =>
      upliftOn(region, "gpt-5.4-2026-03-05", price(over), none);
    expect(at("eu")).toBe(0);
    expect(at("eu", { upliftPercent: 12 })).toBe(12);
    expect(at("global", { upliftPercent: 12 })).toBe(0);
  });
});

describe("costOf", () => {
  it("counts cached input once, at its own price, and the uplift beside it", () => {
    const tokens = { inputTokens: 1_000_000, cachedTokens: 400_000, outputTokens: 100_000 };
    const { baseUsd, upliftUsd } = costOf(tokens, price(), 10);
    expect(baseUsd).toBeCloseTo(0.6 * 2 + 0.4 * 0.5 + 0.1 * 10, 9);
    expect(upliftUsd).toBeCloseTo(0.24, 9);
    expect(costOf(tokens, price({ cachedUsd: null }), 0)).toEqual({ baseUsd: 3, upliftUsd: 0 });
  });

  it("takes no more for cached than there was input", () => {
    const tokens = { inputTokens: 10, cachedTokens: 50, outputTokens: 0 };
    expect(costOf(tokens, price({ inputUsd: 1, cachedUsd: 1 }), 0).baseUsd).toBeCloseTo(10 / 1e6, 12);
  });
});
