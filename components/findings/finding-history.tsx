import {
  CircleCheck,
  CircleDot,
  CircleX,
  ClipboardPen,
  Eye,
  Gauge,
  Hourglass,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  RotateCcw,
  Search,
  ShieldCheck,
  ShieldOff,
  Undo2,
  UserRound,
} from "lucide-react";
import type { FindingEvent } from "../../lib/contracts/findings.ts";
import { Badge } from "../ui/badge.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { resolutionWords } from "./resolution-words.ts";

const words: Readonly<Record<FindingEvent["kind"], { readonly icon: LucideIcon; readonly did: string }>> = {
  opened: { icon: CircleDot, did: "opened by its first call" },
  acknowledged: { icon: Eye, did: "acknowledged" },
  investigating: { icon: Search, did: "began to investigate" },
  assigned: { icon: UserRound, did: "assigned it" },
  resolved: { icon: CircleCheck, did: "resolved" },
  reopened: { icon: RotateCcw, did: "opened it again" },
  commented: { icon: MessageSquare, did: "commented" },
  analysed: { icon: ClipboardPen, did: "stated the cause and the corrective action" },
  checked: { icon: ListChecks, did: "checked it: it did not come again" },
  severity_changed: { icon: Gauge, did: "moved its severity" },
  exception_requested: { icon: Hourglass, did: "asked for an exception" },
  exception_approved: { icon: ShieldCheck, did: "approved the exception" },
  exception_rejected: { icon: CircleX, did: "rejected the exception" },
  exception_withdrawn: { icon: Undo2, did: "took the request back" },
  exception_ended: { icon: ShieldOff, did: "ended the exception" },
  exception_expired: { icon: ShieldOff, did: "ended the exception on its day" },
};

/** What happened to the case, newest first. */
export function FindingHistory({ events }: { events: readonly FindingEvent[] }) {
  const newestFirst = [...events].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <ol className="flex flex-col px-4 py-3">
      {newestFirst.map((event) => {
        const { icon: Icon, did } = words[event.kind];
        return (
          <li
            className="relative flex gap-3 pb-4 before:absolute before:top-6 before:bottom-0 before:left-2 before:w-px before:bg-line last:pb-0 last:before:hidden"
            key={`${event.at} ${event.kind} ${event.note ?? ""}`}
          >
            <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
            <div className="min-w-0 text-sm">
              <p>
                <span className="font-medium">{event.actor}</span> {did}
                {event.resolution === null
                  ? ""
                  : `: ${resolutionWords[event.resolution].title.toLowerCase()}`}
                {reopenedWords(event)}
                <span className="text-faint">
                  {" · "}
                  <Time at={event.at} />
                </span>
                {event.audience === "everybody" ? null : (
                  <Badge className="ml-2" tone="outline">
                    Not for auditors
                  </Badge>
                )}
              </p>
              {event.note === null || event.note === "" ? null : (
                <p className="mt-1 whitespace-pre-wrap break-words text-muted">{event.note}</p>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** What opened it again: a call has nothing to say, people and jobs have. And after how long. */
function reopenedWords({ kind, note, daysClean }: FindingEvent): string {
  if (kind !== "reopened") return "";
  const after = daysClean === null ? "" : `, after ${formatNoun(daysClean, "day")} clean`;
  return `${note === null ? ": a new call came" : ""}${after}`;
}
