import { regions } from "../../core/regions/openai/regions.ts";
import type { Place } from "../../core/reports/computed-report.ts";

/** Countries of a claim; a set that is a region's own is called by the region's name. Codes, since names change. */
export function placeText(place: Place): string {
  if (place === "undetermined") return "undetermined";
  if (place.length === 0) return "none";
  const wanted = [...place].sort().join();
  const region = regions.find(({ countries }) => [...countries].sort().join() === wanted);
  return region?.name ?? place.join(", ");
}

export function regionText(region: string | null): string {
  if (region === null || region === "global") return "global (no promise)";
  if (region === "none") return "nothing was sent";
  return region;
}
