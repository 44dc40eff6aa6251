import type { ClaimEvidence } from "../../calls/evidence.ts";
import type { Catalog } from "../../regions/catalog.ts";
import type { Judgement } from "../verdict.ts";

const verdictWords = {
  compliant: "within",
  violation: "outside",
  unverifiable: "unverifiable",
  blocked: "stopped",
  not_applicable: "none",
} as const;

/** A judgement in the words of the table, reasons and causes sorted. */
export function inWords({ verdict, band, basis, reasons, standing }: Judgement): string {
  const kind = verdict === "compliant" ? [String(band)] : verdict === "violation" ? [basis] : [];
  const causes = [...standing].sort().map((cause) => `+${cause}`);
  return [verdictWords[verdict], ...kind, ...[...reasons].sort(), ...causes].join(" ");
}

/** The expected words with reasons and causes sorted, as `inWords` has them. */
export function normalised(expected: string): string {
  const words = expected.split(" ");
  const fixed = words[0] === "within" || words[0] === "outside" ? 2 : 1;
  const rest = words.slice(fixed);
  const reasons = rest.filter((word) => !word.startsWith("+")).sort();
  const causes = rest.filter((word) => word.startsWith("+")).sort();
  return [...words.slice(0, fixed), ...reasons, ...causes].join(" ");
}

/** What a judgement says of the claims that a line names, in the line's own form and order. */
export function claimsInWords(expected: string, claims: readonly ClaimEvidence[], catalog: Catalog): string {
  const named = expected.split(", ").map((words) => words.split(" ")[0]);
  return named
    .map((name) => {
      const found = claims.find(({ claim }) => claim === name);
      return found === undefined ? `${name} missing` : `${name} ${placeOf(found, catalog)}`;
    })
    .join(", ");
}

/** Several countries are named by the region that has just them; one country by itself, or by OpenAI's region of it. */
function placeOf({ value, grade, claim }: ClaimEvidence, catalog: Catalog): string {
  if (value === "undetermined") return "?";
  if (value.length === 0) return "-";
  const region = catalog.regions.find(
    ({ countries, provider }) => provider === "openai" && countries.join() === value.join(),
  );
  const place = claim === "relay" || region === undefined ? value.join("+") : region.code;
  return `${place}:${grade}`;
}
