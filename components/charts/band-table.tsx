import type { BandPoint } from "../../lib/contracts/overview.ts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { BandMark } from "../ui/band-mark.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { stepHeading, stepPrecision } from "./step-words.ts";

/** The figures of `BandChart`, newest first. */
export function BandTable({ points, step }: { points: readonly BandPoint[]; step: TimeStep }) {
  return (
    <Table caption={`Recorded calls per ${stepNoun[step]} and band`}>
      <TableHead>
        <TableRow>
          <TableHeader>{stepHeading[step]}</TableHeader>
          {bandOrder.map((band) => (
            <TableHeader align="right" key={band}>
              <BandMark band={band} />
            </TableHeader>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {points.toReversed().map(({ at, bands }) => (
          <TableRow key={at}>
            <TableCell>
              <Time at={at} precision={stepPrecision(step)} short />
            </TableCell>
            {bandOrder.map((band) => (
              <TableCell align="right" key={band}>
                {bands[band] === 0 ? <span className="text-faint">0</span> : formatCount(bands[band])}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
