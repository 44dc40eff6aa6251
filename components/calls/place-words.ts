import type { ClaimEvidence } from "../../lib/core/calls/evidence.ts";
import { placeWords as inWords } from "../../lib/core/words/place-words.ts";

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** The countries of a claim in words, each by its name. */
export function placeWords(value: ClaimEvidence["value"]): string {
  return inWords(value, (code) => countryNames.of(code) ?? code);
}
