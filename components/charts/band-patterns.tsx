import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { bandMeaning } from "../ui/band-meaning.ts";

/** Fill of a band inside an SVG that holds `BandPatterns` with the same id. */
export function bandFill(id: string, band: Band): string {
  return patterned.has(band) ? `url(#${id}-${band})` : bandMeaning[band].variable;
}

const patterned = new Set<Band>(["permitted", "unverifiable", "stopped"]);

/** The patterns of `app/globals.css` as SVG: dots, hatch, fine lines. */
export function BandPatterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern height="4" id={`${id}-permitted`} patternUnits="userSpaceOnUse" width="4">
        <rect fill="var(--permitted)" height="4" width="4" />
        <circle cx="2" cy="2" fill="var(--surface)" fillOpacity="0.6" r="0.8" />
      </pattern>
      <pattern
        height="4"
        id={`${id}-unverifiable`}
        patternTransform="rotate(45)"
        patternUnits="userSpaceOnUse"
        width="4"
      >
        <rect fill="var(--unverifiable-tint)" height="4" width="4" />
        <rect fill="var(--unverifiable)" height="4" width="2" />
      </pattern>
      <pattern height="3" id={`${id}-stopped`} patternUnits="userSpaceOnUse" width="3">
        <rect fill="var(--stopped)" height="3" width="3" />
        <rect fill="var(--surface)" fillOpacity="0.55" height="1" width="3" />
      </pattern>
    </defs>
  );
}
