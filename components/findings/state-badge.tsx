import { CircleCheck, CircleDot, Eye, type LucideIcon, Search, ShieldCheck } from "lucide-react";
import type { FindingState } from "../../lib/contracts/findings.ts";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

export const stateWords: Readonly<Record<FindingState, string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  investigating: "Investigating",
  resolved: "Resolved",
  accepted: "Accepted",
};

const look: Readonly<Record<FindingState, { readonly icon: LucideIcon; readonly tone: BadgeTone }>> = {
  open: { icon: CircleDot, tone: "accent" },
  acknowledged: { icon: Eye, tone: "outline" },
  investigating: { icon: Search, tone: "outline" },
  resolved: { icon: CircleCheck, tone: "plain" },
  accepted: { icon: ShieldCheck, tone: "outline" },
};

/** How far people are with a finding, as icon and word. */
export function StateBadge({ state }: { state: FindingState }) {
  const { icon: Icon, tone } = look[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {stateWords[state]}
    </Badge>
  );
}
