import type { LatencyFigures } from "../../lib/contracts/latency.ts";
import { percentileIds } from "../../lib/contracts/latency-parsers.ts";
import { formatCount } from "../ui/format-number.ts";
import { TableCell, TableHeader } from "../ui/table.tsx";
import { PercentileBar } from "./percentile-bar.tsx";
import { Reading } from "./reading.tsx";

/** Headers of the columns that `Figures` fills. */
export function FigureHeaders() {
  return (
    <>
      <TableHeader align="right">Measured</TableHeader>
      <TableHeader className="min-w-28">Spread to p99</TableHeader>
      {percentileIds.map((percentile) => (
        <TableHeader align="right" key={percentile}>
          {percentile}
        </TableHeader>
      ))}
      <TableHeader align="right">TTFT p50</TableHeader>
      <TableHeader align="right">TTFT p95</TableHeader>
    </>
  );
}

export function Figures({ figures, scaleMaxMs }: { figures: LatencyFigures; scaleMaxMs: number }) {
  const { total, firstToken } = figures;
  return (
    <>
      <TableCell align="right">{formatCount(total.measured)}</TableCell>
      <TableCell>
        <PercentileBar figures={total} scaleMaxMs={scaleMaxMs} />
      </TableCell>
      {percentileIds.map((percentile) => (
        <TableCell align="right" key={percentile}>
          <Reading figures={total} percentile={percentile} />
        </TableCell>
      ))}
      {(["p50", "p95"] as const).map((percentile) => (
        <TableCell align="right" key={percentile}>
          <Reading figures={firstToken} percentile={percentile} />
        </TableCell>
      ))}
    </>
  );
}
