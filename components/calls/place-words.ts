import type { ClaimEvidence } from "../../lib/core/calls/evidence.ts";
import { regions } from "../../lib/core/regions/openai/regions.ts";

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** The countries of a claim in words; a set that is a region's own is called by the region's name. */
export function placeWords(value: ClaimEvidence["value"]): string {
  if (value === "undetermined") return "Undetermined";
  if (value.length === 0) return "Not applicable";
  const wanted = [...value].sort().join();
  const region = regions.find((row) => [...row.countries].sort().join() === wanted);
  if (region !== undefined) return region.name;
  return value.map((code) => countryNames.of(code) ?? code).join(", ");
}
