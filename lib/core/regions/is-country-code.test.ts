import { expect, it } from "vitest";
import { isCountryCode, unknownCountries } from "./is-country-code.ts";
import { openaiCatalog } from "./openai-catalog.ts";

it("knows the 249 assigned codes", () => {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  expect(pairs.filter(isCountryCode)).toHaveLength(249);
  for (const { countries } of openaiCatalog.regions) expect(countries.every(isCountryCode)).toBe(true);
});

it.each(["ZZ", "XX", "EU", "UK", "XK", "AA", "SU", "de", "DEU", "", " DE", "constructor"])(
  "takes %j for no country",
  (code) => {
    expect(isCountryCode(code)).toBe(false);
  },
);

it("names what is no country, and says what was meant where that is plain", () => {
  expect(unknownCountries(["DE", "GB"])).toBeNull();
  expect(unknownCountries(["DE", "UK", "ZZ"])).toBe(
    "No country has the code UK, ZZ. The United Kingdom is GB, not UK.",
  );
  expect(unknownCountries(["EU"])).toContain("one by one");
});
