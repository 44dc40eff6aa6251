"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Overview, RegionUsage } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import type { Window } from "../../lib/contracts/range.ts";
import { BandBar } from "../ui/band-bar.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { isPlaceless } from "../ui/placeless.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";

/** The shapes of the world are large: they come after the figures, into a place that is kept for them. */
const Drawing = dynamic(
  () => import("./region-map-drawing.tsx").then(({ RegionMapDrawing }) => RegionMapDrawing),
  {
    ssr: false,
    loading: () => (
      <>
        <Loading what="the map" />
        <Skeleton className="h-full" />
      </>
    ),
  },
);

/** Where calls went, on the map; what has no place is beside it, never drawn into a country. */
export function RegionMap({ overview, state }: { overview: Overview; state: OverviewState }) {
  const places = overview.regions.filter(({ region }) => !isPlaceless(region));
  const placeless = overview.regions.filter(({ region }) => isPlaceless(region));
  return (
    <Section
      note="Regions as the areas of their member countries, coloured by the band that most of their calls are in. The host that was dialled decides, not where an address seems to be."
      title="Map"
    >
      <div className="grid gap-4 p-4 lg:grid-cols-[minmax(0,4fr)_minmax(0,1fr)]">
        <div className="aspect-[960/420] w-full">
          <Drawing regions={places} state={state} window={overview.window} />
        </div>
        {placeless.length === 0 ? null : (
          <ul aria-label="In no region" className="flex flex-col gap-2 max-lg:grid max-lg:grid-cols-2">
            {placeless.map((usage) => (
              <OffMap key={usage.region} state={state} usage={usage} window={overview.window} />
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

const words: Readonly<Record<string, string>> = {
  global: "No location is promised.",
  unknown: "Hosts in no catalog.",
  none: "Stopped, or never sent.",
};

function OffMap({ usage, state, window }: { usage: RegionUsage; state: OverviewState; window: Window }) {
  const { region, calls, bands } = usage;
  return (
    <li>
      <Link
        className="flex flex-col gap-1.5 rounded-md border border-line-strong border-dashed px-3 py-2 text-sm hover:bg-hover"
        href={countedCallsHref(window, { ...state, region: [region] })}
      >
        <RegionName className="whitespace-normal font-medium" code={region} />
        <span className="text-muted text-xs">{words[region]}</span>
        <span className="tabular-nums">{formatNoun(calls, "call")}</span>
        <BandBar bands={bands} className="h-1.5" />
      </Link>
    </li>
  );
}
