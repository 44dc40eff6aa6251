import type { ProbeSample } from "../../lib/contracts/latency.ts";
import {
  type PairedDifference,
  pairedDifference,
  type Spread,
  spreadOf,
} from "../../lib/core/samples/compare-pairs.ts";
import { formatDuration } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";
import type { RunPhase } from "../ui/use-line-run.ts";
import { SampleStrip } from "./sample-strip.tsx";

export type ProbeResultProps = {
  samples: readonly ProbeSample[];
  firstName: string;
  secondName: string;
  rounds: number;
  phase: RunPhase;
};

/** The distribution of each target on one scale, and the difference pair by pair with what can be told of it. */
export function ProbeResult({ samples, firstName, secondName, rounds, phase }: ProbeResultProps) {
  const sides = [
    { side: "first", name: firstName },
    { side: "second", name: secondName },
  ] as const;
  const known = samples.flatMap(({ totalMs }) => totalMs ?? []);
  const scaleMaxMs = Math.max(1, ...known);
  return (
    <div className="flex flex-col gap-4 border-t p-4">
      <div className="flex flex-col gap-1">
        <p className="text-base" role="status">
          {phase === "running"
            ? `${samples.length} of ${rounds * 2} completions…`
            : sentence(pairedDifference(pairsOf(samples, "totalMs")), firstName, secondName)}
        </p>
        {phase === "stopped" ? (
          <p className="text-muted text-sm">You stopped it. What had ended stands.</p>
        ) : null}
        <progress
          aria-label="Completions"
          className="h-1 w-full accent-accent"
          hidden={phase !== "running"}
          max={rounds * 2}
          value={samples.length}
        />
      </div>
      <Table caption="What each target took">
        <TableHead>
          <TableRow>
            <TableHeader>Target</TableHeader>
            <TableHeader align="right">Answered</TableHeader>
            <TableHeader className="min-w-64">Each completion, to its end</TableHeader>
            <TableHeader align="right">Fastest</TableHeader>
            <TableHeader align="right">Median</TableHeader>
            <TableHeader align="right">Middle half</TableHeader>
            <TableHeader align="right">Slowest</TableHeader>
            <TableHeader align="right">First text, median</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {sides.map(({ side, name }) => {
            const mine = samples.filter((sample) => sample.side === side);
            const totals = mine.flatMap(({ totalMs }) => totalMs ?? []);
            const spread = spreadOf(totals);
            const text = spreadOf(mine.flatMap(({ firstTextMs }) => firstTextMs ?? []));
            return (
              <TableRow data-side={side} key={side}>
                <TableCell>{name}</TableCell>
                <TableCell align="right">
                  {totals.length} of {mine.length}
                </TableCell>
                <TableCell>
                  <SampleStrip scaleMaxMs={scaleMaxMs} spread={spread} values={totals} />
                </TableCell>
                <Figure ms={spread?.least} />
                <Figure ms={spread?.median} />
                <TableCell align="right">{middleHalf(spread)}</TableCell>
                <Figure ms={spread?.most} />
                <Figure ms={text?.median} />
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {phase === "running" ? null : (
        <FirstText samples={samples} firstName={firstName} secondName={secondName} />
      )}
      {sides.map(({ side, name }) => (
        <Failures key={side} name={name} samples={samples.filter((sample) => sample.side === side)} />
      ))}
    </div>
  );
}

function Figure({ ms }: { ms: number | undefined }) {
  return (
    <TableCell align="right">
      {ms === undefined ? <span className="text-faint">–</span> : formatDuration(ms)}
    </TableCell>
  );
}

function middleHalf(spread: Spread | null) {
  if (spread === null) return <span className="text-faint">–</span>;
  return `${formatDuration(spread.lowerQuartile)} – ${formatDuration(spread.upperQuartile)}`;
}

type Names = { firstName: string; secondName: string };

function FirstText({ samples, firstName, secondName }: Names & { samples: readonly ProbeSample[] }) {
  const difference = pairedDifference(pairsOf(samples, "firstTextMs"));
  if (difference === null) return null;
  return <p className="text-muted text-sm">First text: {sentence(difference, firstName, secondName)}</p>;
}

function Failures({ name, samples }: { name: string; samples: readonly ProbeSample[] }) {
  const failed = samples.filter(({ totalMs }) => totalMs === null);
  const [example] = failed.slice(-1);
  if (!example) return null;
  return (
    <Notice live tone={example.last ? "stopped" : "doubt"}>
      {name}: {failed.length} of {samples.length} without an answer. {example.message}
      {example.code ? <code className="ml-2 font-mono text-xs">{example.code}</code> : null}
      {example.last ? " It was asked no more." : ""}
    </Notice>
  );
}

/** Rounds in which both were answered. */
function pairsOf(
  samples: readonly ProbeSample[],
  of: "totalMs" | "firstTextMs",
): (readonly [number, number])[] {
  const seconds = new Map(
    samples.filter(({ side }) => side === "second").map((sample) => [sample.round, sample[of]]),
  );
  return samples.flatMap((sample) => {
    const other = seconds.get(sample.round);
    const mine = sample[of];
    return sample.side === "first" && mine !== null && other != null ? [[mine, other] as const] : [];
  });
}

function sentence(difference: PairedDifference | null, firstName: string, secondName: string): string {
  if (difference === null) return "No round was answered by both, so nothing can be compared.";
  const { pairs, median, interval } = difference;
  const of = `median of ${pairs} ${pairs === 1 ? "pair" : "pairs"}`;
  const took = `${secondName} took ${formatDuration(Math.abs(median))} ${median < 0 ? "less" : "more"} than ${firstName} (${of}`;
  if (interval === null) return `${took}; fewer than six tell nothing of its certainty).`;
  const [low, high] = interval;
  const between = `95 % sure between ${signed(low)} and ${signed(high)}`;
  if (low <= 0 && high >= 0) return `No difference can be told from ${pairs} pairs (${between}).`;
  return `${took}; ${between}).`;
}

function signed(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${formatDuration(Math.abs(ms))}`;
}
