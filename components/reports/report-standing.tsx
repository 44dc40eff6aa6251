import {
  CircleCheck,
  CircleX,
  Clock,
  Hammer,
  Hourglass,
  type LucideIcon,
  OctagonX,
  Signature,
} from "lucide-react";
import type { ReportItem } from "../../lib/contracts/reports.ts";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

type Face = { readonly icon: LucideIcon; readonly word: string; readonly tone: BadgeTone };

const faces: Readonly<Record<ReportItem["state"], Face>> = {
  queued: { icon: Clock, word: "Waits its turn", tone: "accent" },
  building: { icon: Hammer, word: "Being built", tone: "accent" },
  signing: { icon: Signature, word: "Waits for the signer", tone: "accent" },
  ready: { icon: CircleCheck, word: "Ready", tone: "in_region" },
  failed: { icon: CircleX, word: "Failed", tone: "outside" },
  cancelled: { icon: OctagonX, word: "Cancelled", tone: "stopped" },
};

/** Where a report stands, each state in a word with its mark. */
export function ReportStanding({ item: { state, pack, cancelWanted, supersededBy } }: { item: ReportItem }) {
  const isOpen = state === "queued" || state === "building" || state === "signing";
  const face =
    isOpen && cancelWanted
      ? { icon: Hourglass, word: "Being cancelled", tone: "stopped" as const }
      : faces[state];
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={face.tone}>
        <face.icon aria-hidden="true" />
        {face.word}
      </Badge>
      {pack === null ? null : (
        <Badge tone={pack.final ? "outline" : "unverifiable"}>{pack.final ? "Final" : "Provisional"}</Badge>
      )}
      {supersededBy === null ? null : <Badge tone="plain">Superseded</Badge>}
      {pack?.dropped ? <Badge tone="plain">No longer kept</Badge> : null}
    </span>
  );
}
