import type { ReplayVerdict } from "../../lib/contracts/replays.ts";
import type { Verdict } from "../../lib/core/verdicts/verdict.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { cn } from "../ui/cn.ts";
import { formatCount } from "../ui/format-number.ts";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "../ui/table.tsx";

export const replayWords: Readonly<Record<ReplayVerdict, string>> = {
  ...verdictWords,
  not_known: "Not known: another way",
};

const order: readonly Verdict[] = ["compliant", "violation", "unverifiable", "blocked", "not_applicable"];
const columns: readonly ReplayVerdict[] = [...order, "not_known"];

export type VerdictTableProps = {
  verdicts: readonly { readonly before: Verdict; readonly after: ReplayVerdict; readonly calls: number }[];
};

/** How many calls went from which verdict to which. What stayed the same stands on the diagonal. */
export function VerdictTable({ verdicts }: VerdictTableProps) {
  const callsOf = (before: Verdict, after: ReplayVerdict) =>
    verdicts.find((cell) => cell.before === before && cell.after === after)?.calls ?? 0;
  const total = (cells: typeof verdicts) => cells.reduce((sum, { calls }) => sum + calls, 0);
  const rows = order.filter((before) => verdicts.some((cell) => cell.before === before));
  const shown = columns.filter((after) => verdicts.some((cell) => cell.after === after));
  return (
    <Table caption="Calls by recorded verdict and by verdict under the chosen version">
      <TableHead>
        <TableRow>
          <TableHeader>As recorded</TableHeader>
          {shown.map((after) => (
            <TableHeader align="right" key={after}>
              {replayWords[after]}
            </TableHeader>
          ))}
          <TableHeader align="right">Recorded</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((before) => (
          <TableRow key={before}>
            <TableCell>{verdictWords[before]}</TableCell>
            {shown.map((after) => {
              const calls = callsOf(before, after);
              const isSame = before === after;
              return (
                <TableCell
                  align="right"
                  className={cn(calls === 0 || isSame ? "text-faint" : "font-medium text-ink")}
                  key={after}
                >
                  {calls === 0 ? "·" : formatCount(calls)}
                </TableCell>
              );
            })}
            <TableCell align="right">
              {formatCount(total(verdicts.filter((cell) => cell.before === before)))}
            </TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableCell className="font-medium">Under this version</TableCell>
          {shown.map((after) => (
            <TableCell align="right" className="font-medium" key={after}>
              {formatCount(total(verdicts.filter((cell) => cell.after === after)))}
            </TableCell>
          ))}
          <TableCell align="right" className="font-medium">
            {formatCount(total(verdicts))}
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>
  );
}
