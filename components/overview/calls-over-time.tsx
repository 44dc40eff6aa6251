"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import { stepNoun } from "../../lib/contracts/time-step.ts";
import { endOfStep } from "../charts/axis.ts";
import { BandChart } from "../charts/band-chart.tsx";
import { RegionChart } from "../charts/region-chart.tsx";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";

const drawings = [
  { id: "bands", word: "Bands" },
  { id: "regions", word: "Regions" },
] as const;

export type CallsOverTimeProps = {
  overview: Overview;
  state: OverviewState;
  onRange: (from: string, to: string) => void;
};

/** The calls of each step: how they were judged, or where they went. */
export function CallsOverTime({ overview, state, onRange }: CallsOverTimeProps) {
  const router = useRouter();
  const [drawn, setDrawn] = useState<(typeof drawings)[number]["id"]>("bands");
  const { points, step, window } = overview;
  const shared = {
    points,
    step,
    to: window.to,
    onSelect: (first: string, last: string) => onRange(first, endOfStep(last, overview)),
  };
  return (
    <Section
      action={<Segments chosen={drawn} label="Draw" onChoose={setDrawn} options={drawings} />}
      note={
        <>
          Recorded calls per {step === "hour" ? "hour, UTC" : stepNoun[step]}.{" "}
          <span className="print:hidden">Draw over the chart to narrow the range.</span>
        </>
      }
      title={drawn === "bands" ? "Bands over time" : "Regions over time"}
    >
      {drawn === "bands" ? (
        <BandChart
          {...shared}
          onChoose={(at, band) =>
            router.push(
              countedCallsHref({ from: at, to: endOfStep(at, overview) }, { ...state, band: [band] }),
            )
          }
          state="ready"
        />
      ) : (
        <RegionChart {...shared} regions={overview.regions.map(({ region }) => region)} />
      )}
    </Section>
  );
}
