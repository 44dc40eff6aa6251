import type { Place } from "../../core/reports/computed-report.ts";
import { placeWords } from "../../core/words/place-words.ts";

/** Countries of a claim by their codes: a report says the same for ever. */
export const placeText = (place: Place): string => placeWords(place, (code) => code);

export function regionText(region: string | null): string {
  if (region === null || region === "global") return "global (no promise)";
  if (region === "none") return "nothing was sent";
  return region;
}
