import { Minus } from "lucide-react";
import type { Band, Verdict } from "../../lib/core/verdicts/verdict.ts";
import { verdictWords } from "../../lib/core/verdicts/verdict-words.ts";
import { Badge, type BadgeTone } from "./badge.tsx";
import { bandMeaning } from "./band-meaning.ts";
import { cn } from "./cn.ts";

export type VerdictBadgeProps = {
  verdict: Verdict;
  /** Tells the two kinds of "within policy" apart. */
  band: Band | null;
  /** In dense rows: the verdict's word alone; icon and colour still tell the bands apart. */
  brief?: boolean;
  className?: string;
};

/** The verdict in its fixed words, with the icon, colour and pattern of its band. */
export function VerdictBadge({ verdict, band, brief = false, className }: VerdictBadgeProps) {
  const shown = band ?? bandOfVerdict[verdict];
  const Icon = shown ? bandMeaning[shown].icon : Minus;
  const tone: BadgeTone = shown ?? "plain";
  return (
    <Badge className={cn("relative shrink-0 overflow-hidden", className)} data-verdict={verdict} tone={tone}>
      {shown === "unverifiable" ? (
        <span aria-hidden="true" className="band-unverifiable absolute inset-y-0 left-0 w-1" />
      ) : null}
      <Icon aria-hidden="true" className={shown === "unverifiable" ? "ml-1" : undefined} />
      {verdict === "compliant" && shown === "permitted" && !brief
        ? "Within policy, no promise"
        : verdictWords[verdict]}
    </Badge>
  );
}

const bandOfVerdict: Readonly<Record<Verdict, Band | null>> = {
  compliant: "in_region",
  violation: "outside",
  unverifiable: "unverifiable",
  blocked: "stopped",
  not_applicable: null,
};
