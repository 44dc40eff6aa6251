import type { ClaimEvidence } from "../calls/evidence.ts";
import { regions } from "../regions/openai/regions.ts";

/**
 * The countries of a claim in words; a set that is a region's own is called by the region's name. `nameOf` a country: its
 * code where the text has to be the same for ever, since names change. By the regions that ship, not by an edited catalog: what
 * was recorded reads the same whatever is published later.
 */
export function placeWords(place: ClaimEvidence["value"], nameOf: (country: string) => string): string {
  if (place === "undetermined") return "Undetermined";
  if (place.length === 0) return "Not applicable";
  const wanted = [...place].sort().join();
  const region = regions.find((row) => [...row.countries].sort().join() === wanted);
  return region?.name ?? place.map(nameOf).join(", ");
}
