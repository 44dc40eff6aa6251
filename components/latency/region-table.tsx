import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Latency, RegionLatency } from "../../lib/contracts/latency.ts";
import type { LatencyState } from "../../lib/contracts/latency-parsers.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { cn } from "../ui/cn.ts";
import { formatDuration } from "../ui/format-time.ts";
import { RegionName, regionName } from "../ui/region-name.tsx";
import { nameColumn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { CallsRow } from "./calls-row.tsx";
import { Change } from "./change.tsx";
import { FigureHeaders, Figures } from "./figures.tsx";
import { RegionCost } from "./region-cost.tsx";
import { useRegionCost } from "./use-region-cost.ts";

/** A row per region, and per model of a region that was opened. All bars and lines share one scale. */
export function RegionTable({ latency, state }: { latency: Latency; state: LatencyState }) {
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
  const cost = useRegionCost(state);
  return (
    <Table caption="Duration and time to first token by region and model">
      <TableHead>
        <TableRow>
          <TableHeader className={cn(nameColumn, "bg-surface")}>Region, model</TableHeader>
          <FigureHeaders />
          <TableHeader>p95 over time</TableHeader>
          <TableHeader align="right">Cost per 1,000</TableHeader>
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
                widthPx={80}
                values={region.points.map(({ total }) => total.p95)}
              />
            </TableCell>
            <TableCell align="right">
              <RegionCost cost={cost} region={region.region} />
            </TableCell>
            <TableCell align="right">
              <Change before={region.previous.total} now={region.compared.total} />
            </TableCell>
          </TableRow>
          {open.has(region.region)
            ? region.models.map((model) => (
                <CallsRow
                  figures={model}
                  isSunken
                  key={model.model}
                  latency={latency}
                  model={model.model}
                  name={
                    <span className="font-mono text-sm">
                      {model.model === "none" ? "No model" : model.model}
                    </span>
                  }
                  region={region.region}
                  scaleMaxMs={scaleMaxMs}
                  state={state}
                >
                  <TableCell />
                  <TableCell />
                  <TableCell />
                </CallsRow>
              ))
            : null}
        </TableBody>
      ))}
    </Table>
  );
}

function describe({ region, points }: RegionLatency): string {
  const known = points.flatMap(({ total }) => total.p95 ?? []);
  if (known.length === 0) return `p95 at ${regionName(region)}: nothing measured`;
  return `p95 at ${regionName(region)}: between ${formatDuration(Math.min(...known))} and ${formatDuration(Math.max(...known))}`;
}
