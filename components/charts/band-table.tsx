import type { BandPoint } from "../../lib/contracts/overview.ts";
import { stepNoun, type TimeStep } from "../../lib/contracts/time-step.ts";
import { bandOrder } from "../../lib/core/verdicts/verdict-words.ts";
import { BandMark } from "../ui/band-mark.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import { StepStart } from "./step-start.tsx";
import { stepHeading } from "./step-words.ts";

/** The figures of `BandChart`, newest first. */
export function BandTable({
  points,
  step,
  to,
}: {
  points: readonly BandPoint[];
  step: TimeStep;
  to: string;
}) {
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
              <StepStart at={at} short step={step} to={to} />
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
