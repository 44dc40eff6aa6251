"use client";

import Link from "next/link";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { RegionUsage } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { regions as catalogRegions } from "../../lib/core/regions/openai/regions.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { BandBar } from "../ui/band-bar.tsx";
import { bandMeaning } from "../ui/band-meaning.ts";
import { formatNoun, formatShort } from "../ui/format-number.ts";
import { regionName } from "../ui/region-name.tsx";
import { countryNumber } from "./country-numbers.ts";
import { placeOnMap, worldShapes, worldSize } from "./world-shapes.ts";

export type RegionMapProps = {
  /** Places alone: what has none is beside the map. */
  regions: readonly RegionUsage[];
  /** Whose calls the figures are. */
  window: Window;
  state: OverviewState;
};

/** Degrees east and north where a region's mark stands: within it, and clear of its neighbours' marks. */
const anchors: Readonly<Record<string, readonly [number, number]>> = {
  ae: [54, 24],
  au: [134, -25],
  ca: [-106, 60],
  eu: [21, 48],
  gb: [-16, 56],
  in: [79, 22],
  jp: [146, 37],
  kr: [122, 39],
  sg: [104, 1.4],
  us: [-99, 39],
};

const shapes = worldShapes();

/** Regions as the areas of their member countries, filled by the band that most of their calls are in. */
export function RegionMapDrawing({ regions, state, window }: RegionMapProps) {
  const fills = new Map(
    regions.flatMap(({ region, bands }) => {
      const most = bandOrder.reduce((best, band) => (bands[band] > bands[best] ? band : best));
      const members = catalogRegions.find(({ code }) => code === region)?.countries ?? [];
      return bands[most] === 0
        ? []
        : members.map((country) => [countryNumber(country), bandMeaning[most].variable]);
    }) as [string | null, string][],
  );
  return (
    <div className="relative w-full">
      <svg
        aria-label={`Map of the world: ${regions.map(({ region, calls }) => `${regionName(region)} ${formatNoun(calls, "call")}`).join(", ") || "no region was called"}. The same figures stand in the table beneath.`}
        className="block h-auto w-full"
        role="img"
        viewBox={`0 0 ${worldSize.width} ${worldSize.height}`}
      >
        {shapes.map(({ number, path }) => {
          const fill = number === null ? undefined : fills.get(number);
          return (
            <path
              d={path}
              fill={fill ?? "var(--line)"}
              fillOpacity={fill ? 0.55 : 1}
              key={path}
              stroke="var(--surface)"
              strokeWidth="0.6"
            />
          );
        })}
      </svg>
      <ul>
        {regions.map((usage) => (
          <RegionPin key={usage.region} state={state} usage={usage} window={window} />
        ))}
      </ul>
    </div>
  );
}

function RegionPin({ usage, state, window }: { usage: RegionUsage; state: OverviewState; window: Window }) {
  const { region, calls, bands } = usage;
  const anchor = anchors[region];
  const at = anchor && placeOnMap(...anchor);
  // A region of an edited catalog that the map does not know stands in the table alone.
  if (!at) return null;
  return (
    <li
      className="absolute -translate-x-1/2 -translate-y-1/2"
      style={{ left: `${(at.x / worldSize.width) * 100}%`, top: `${(at.y / worldSize.height) * 100}%` }}
    >
      <Link
        className="flex min-h-6 min-w-6 flex-col justify-center gap-1 rounded-sm border border-line-strong bg-surface px-1.5 py-1 text-xs leading-none hover:bg-hover"
        href={countedCallsHref(window, { ...state, region: [region] })}
        title={`${regionName(region)}: ${formatNoun(calls, "call")}`}
      >
        <span className="flex items-baseline gap-1.5">
          <span className="font-medium font-mono text-[0.6875rem] uppercase">{region}</span>
          <span className="tabular-nums max-md:sr-only">{formatShort(calls)}</span>
          <span className="sr-only">{`calls, ${regionName(region)}`}</span>
        </span>
        <BandBar bands={bands} className="h-1 min-w-12 max-md:hidden" />
      </Link>
    </li>
  );
}
