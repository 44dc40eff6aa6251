import { CircleCheck, CircleX, Clock, Hammer, OctagonX, Signature } from "lucide-react";
import { type ReportItem, reportProblemWords } from "../../lib/contracts/reports.ts";
import { Badge } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { formatBytes, formatCount } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";

/** Where a report stands, in a word with its mark, and what is behind it. */
export function ReportStanding({ item }: { item: ReportItem }) {
  const { state, progress, problem, pack, cancelWanted, supersededBy, supersedes } = item;
  if (state === "ready" && pack !== null)
    return (
      <div className="flex flex-col items-start gap-1 py-1">
        <span className="flex flex-wrap gap-1">
          <Badge tone="in_region">
            <CircleCheck aria-hidden="true" />
            Ready
          </Badge>
          <Badge tone="outline">{pack.final ? "Final" : "Provisional"}</Badge>
          {supersededBy === null ? null : <Badge tone="unverifiable">Superseded</Badge>}
          {supersedes === null ? null : <Badge tone="plain">Replaces an earlier one</Badge>}
          {pack.dropped ? <Badge tone="plain">No longer kept</Badge> : null}
        </span>
        <span className="text-faint text-xs">
          {formatBytes(pack.bytes)} · entries {formatCount(pack.first)} to before {formatCount(pack.end)} ·
          signed <Time at={pack.signedAt} />
        </span>
        <span className="text-faint text-xs">
          SHA-256 <Copyable length={20} text={pack.sha256} what="hash of the pack" />
        </span>
      </div>
    );
  if (state === "failed" && problem !== null)
    return (
      <div className="flex flex-col items-start gap-1 py-1">
        <Badge tone="outside">
          <CircleX aria-hidden="true" />
          Failed
        </Badge>
        <span className="text-muted text-xs">{reportProblemWords[problem]}</span>
      </div>
    );
  if (state === "cancelled")
    return (
      <Badge tone="stopped">
        <OctagonX aria-hidden="true" />
        Cancelled
      </Badge>
    );
  const words = cancelWanted
    ? "Cancelling"
    : state === "queued"
      ? "Waits its turn"
      : state === "signing"
        ? "Waits for the signer"
        : "Being built";
  const Icon = state === "queued" ? Clock : state === "signing" ? Signature : Hammer;
  return (
    <div className="flex flex-col items-start gap-1 py-1">
      <Badge tone="accent">
        <Icon aria-hidden="true" />
        {words}
      </Badge>
      {progress === null ? null : (
        <>
          <progress
            aria-label="Entries written"
            className="h-1.5 w-44 accent-accent"
            max={Math.max(1, progress.of)}
            value={progress.entries}
          />
          <span className="text-faint text-xs tabular-nums">
            {formatCount(progress.entries)} of {formatCount(progress.of)} entries ·{" "}
            {formatBytes(progress.bytes)}
          </span>
        </>
      )}
    </div>
  );
}
