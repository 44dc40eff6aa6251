import type { ReportItem } from "../../lib/contracts/reports.ts";
import { formatBytes, formatCount } from "../ui/format-number.ts";
import { Progress } from "../ui/progress.tsx";

/** How much of a pack is written; absent while it waits, and once it is closed. */
export function ReportProgress({ item: { progress } }: { item: ReportItem }) {
  if (progress === null) return null;
  const { entries, of, bytes } = progress;
  return (
    <div className="flex flex-col gap-1">
      <Progress className="lg:w-56" label="Entries written" of={of} value={entries} />
      <p className="text-faint text-xs tabular-nums">
        {formatCount(entries)} of {formatCount(of)} entries · {formatBytes(bytes)}
      </p>
    </div>
  );
}
