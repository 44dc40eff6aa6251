import { expect, it } from "vitest";
import { regions } from "../../lib/core/regions/openai/regions.ts";
import { countryNumber } from "./country-numbers.ts";
import { worldShapes } from "./world-shapes.ts";

it("knows every country of every region, each by a number of its own", () => {
  const countries = [...new Set(regions.flatMap((region) => region.countries))];
  const numbers = countries.map(countryNumber);
  expect(numbers).not.toContain(null);
  expect(new Set(numbers).size).toBe(countries.length);
});

it("has the shape of each, but of those too small to be drawn at this size", () => {
  const drawn = new Set(worldShapes().map(({ number }) => number));
  const missing = regions
    .flatMap((region) => region.countries)
    .filter((country) => !drawn.has(countryNumber(country) ?? ""));
  expect(missing.sort()).toEqual(["LI", "MT", "SG"]);
});
