import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { countedCallsHref } from "../../lib/contracts/call-parsers.ts";
import type { Latency, LatencyFigures, RegionLatency } from "../../lib/contracts/latency.ts";
import type { LatencyState } from "../../lib/contracts/latency-parsers.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { cn } from "../ui/cn.ts";
import { formatCount } from "../ui/format-number.ts";
import { formatDuration } from "../ui/format-time.ts";
import { RegionName, regionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";
import { nameColumn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Change } from "./change.tsx";
import { PercentileBar } from "./percentile-bar.tsx";

/** A row per region, and per model of a region that was opened. All bars and lines share one scale. */
export function LatencyTable({ latency, state }: { latency: Latency; state: LatencyState }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (region: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(region)) after.add(region);
      return after;
    });
  const scaleMaxMs = Math.max(1, ...latency.regions.map(({ total }) => total.p99 ?? 0));
  const lineMaxMs = Math.max(
    1,
    ...latency.regions.flatMap(({ points }) => points.map(({ total }) => total.p95 ?? 0)),
  );
  return (
    <Section
      note="From a call's arrival here to its end, and, of streams alone, from its first byte sent to the first content of the answer. Read from histograms: at most 22 % off. The period before is compared by whole hours or UTC days."
      title="By region and model"
    >
      <Table caption="Duration and time to first token by region and model">
        <TableHead>
          <TableRow>
            <TableHeader className={cn(nameColumn, "bg-surface")}>Region, model</TableHeader>
            <TableHeader align="right">Measured</TableHeader>
            <TableHeader className="min-w-36">Spread to p99</TableHeader>
            <TableHeader align="right">p50</TableHeader>
            <TableHeader align="right">p95</TableHeader>
            <TableHeader align="right">p99</TableHeader>
            <TableHeader align="right">First token p50</TableHeader>
            <TableHeader align="right">First token p95</TableHeader>
            <TableHeader>p95 over time</TableHeader>
            <TableHeader align="right">p95, period before</TableHeader>
          </TableRow>
        </TableHead>
        {latency.regions.map((region) => (
          <TableBody className="border-t first:border-t-0" key={region.region}>
            <TableRow>
              <TableCell className={cn(nameColumn, "bg-surface")}>
                <button
                  aria-expanded={open.has(region.region)}
                  className="-ml-1 inline-flex items-center gap-1 rounded-sm pr-1 text-left"
                  onClick={() => toggle(region.region)}
                  type="button"
                >
                  <ChevronRight
                    aria-hidden="true"
                    className={cn(
                      "size-3.5 shrink-0 text-faint transition-transform",
                      open.has(region.region) && "rotate-90",
                    )}
                  />
                  <RegionName className="max-sm:whitespace-normal" code={region.region} />
                </button>
              </TableCell>
              <Figures figures={region} scaleMaxMs={scaleMaxMs} />
              <TableCell>
                <Sparkline
                  description={describe(region)}
                  scaleMax={lineMaxMs}
                  values={region.points.map(({ total }) => total.p95)}
                />
              </TableCell>
              <TableCell align="right">
                <Change before={region.previous.total.p95} now={region.compared.total.p95} />
              </TableCell>
            </TableRow>
            {open.has(region.region)
              ? region.models.map((model) => (
                  <TableRow className="bg-sunken" key={model.model}>
                    <TableCell className={cn(nameColumn, "bg-sunken")}>
                      <Link
                        className="ml-4 inline-block font-mono text-sm underline-offset-4 hover:text-accent-ink hover:underline"
                        href={countedCallsHref(latency.window, {
                          tenant: state.tenant,
                          application: state.application,
                          operation: state.operation,
                          region: [region.region],
                          model: [model.model],
                        })}
                      >
                        {model.model === "none" ? "No model" : model.model}
                      </Link>
                    </TableCell>
                    <Figures figures={model} scaleMaxMs={scaleMaxMs} />
                    <TableCell />
                    <TableCell />
                  </TableRow>
                ))
              : null}
          </TableBody>
        ))}
      </Table>
    </Section>
  );
}

function Figures({ figures, scaleMaxMs }: { figures: LatencyFigures; scaleMaxMs: number }) {
  const { total, firstToken } = figures;
  return (
    <>
      <TableCell align="right">{formatCount(total.measured)}</TableCell>
      <TableCell>
        <PercentileBar figures={total} scaleMaxMs={scaleMaxMs} />
      </TableCell>
      {[total.p50, total.p95, total.p99, firstToken.p50, firstToken.p95].map((ms, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: five columns that never move.
        <TableCell align="right" key={i}>
          {ms === null ? <span className="text-faint">Unknown</span> : formatDuration(ms)}
        </TableCell>
      ))}
    </>
  );
}

function describe({ region, points }: RegionLatency): string {
  const known = points.flatMap(({ total }) => total.p95 ?? []);
  if (known.length === 0) return `p95 at ${regionName(region)}: nothing measured`;
  return `p95 at ${regionName(region)}: between ${formatDuration(Math.min(...known))} and ${formatDuration(Math.max(...known))}`;
}
