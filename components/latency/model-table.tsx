import type { Latency, LatencyFigures } from "../../lib/contracts/latency.ts";
import type { LatencyState } from "../../lib/contracts/latency-parsers.ts";
import { cn } from "../ui/cn.ts";
import { formatDuration } from "../ui/format-time.ts";
import { RegionName } from "../ui/region-name.tsx";
import { nameColumn, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { byModel, type ModelRegions } from "./by-model.ts";
import { CallsRow } from "./calls-row.tsx";
import { isEnough } from "./few.ts";
import { FigureHeaders } from "./figures.tsx";

export type ModelTableProps = { latency: Latency; state: LatencyState; onModel: (model: string) => void };

/** The regions of each model side by side, the fastest first. Two regions with other models are no comparison of places. */
export function ModelTable({ latency, state, onModel }: ModelTableProps) {
  const models = byModel(latency.regions);
  const scaleMaxMs = Math.max(
    1,
    ...models.flatMap(({ regions }) => regions.map(({ total }) => total.p99 ?? 0)),
  );
  return (
    <Table caption="Duration and time to first token by model and region">
      <TableHead>
        <TableRow>
          <TableHeader className={cn(nameColumn, "bg-surface")}>Model, region</TableHeader>
          <FigureHeaders />
          <TableHeader align="right">p95, beside the fastest</TableHeader>
        </TableRow>
      </TableHead>
      {models.map(({ model, regions }) => (
        <TableBody className="border-t first:border-t-0" key={model}>
          <TableRow className="bg-sunken">
            <th className="whitespace-nowrap px-4 text-left font-normal" colSpan={8} scope="rowgroup">
              <button
                className="font-mono text-sm underline-offset-4 hover:text-accent-ink hover:underline"
                onClick={() => onModel(model)}
                title="Show this model alone, with what it costs by region"
                type="button"
              >
                {model === "none" ? "No model" : model}
              </button>
            </th>
          </TableRow>
          {regions.map(({ region, ...figures }) => (
            <CallsRow
              figures={figures}
              key={region}
              latency={latency}
              model={model}
              name={<RegionName className="max-sm:whitespace-normal" code={region} />}
              region={region}
              scaleMaxMs={scaleMaxMs}
              state={state}
            >
              <TableCell align="right">
                <BesideFastest figures={figures} regions={regions} />
              </TableCell>
            </CallsRow>
          ))}
        </TableBody>
      ))}
    </Table>
  );
}

function BesideFastest({
  figures: { total },
  regions,
}: { figures: LatencyFigures } & Pick<ModelRegions, "regions">) {
  const known = regions.filter((of) => of.total.p95 !== null && isEnough("p95", of.total.measured));
  const fastest = known[0]?.total.p95 ?? null;
  if (total.p95 === null) return <span className="text-faint">Nothing measured</span>;
  if (!isEnough("p95", total.measured)) return <span className="text-faint">Too few calls</span>;
  if (fastest === null || known.length < 2) return <span className="text-faint">No other region</span>;
  if (total.p95 === fastest) return "Fastest";
  return (
    <>
      +{formatDuration(total.p95 - fastest)}{" "}
      <span className="text-muted">({(total.p95 / fastest).toFixed(1)}×)</span>
    </>
  );
}
