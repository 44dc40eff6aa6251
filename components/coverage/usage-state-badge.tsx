import { Check, CircleQuestionMark, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { UsageState } from "../../lib/core/accounts/compare-usage.ts";
import { usageStateWords } from "../../lib/core/accounts/usage-words.ts";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

const looks: Readonly<Record<UsageState, { icon: LucideIcon; tone: BadgeTone }>> = {
  agrees: { icon: Check, tone: "in_region" },
  more_at_provider: { icon: TriangleAlert, tone: "outside" },
  fewer_at_provider: { icon: Info, tone: "plain" },
  not_comparable: { icon: CircleQuestionMark, tone: "unverifiable" },
};

/** How a day of a project stands beside OpenAI's figures. */
export function UsageStateBadge({ state }: { state: UsageState }) {
  const { icon: Icon, tone } = looks[state];
  return (
    <Badge title={usageStateWords[state].sentence} tone={tone}>
      <Icon aria-hidden="true" />
      {usageStateWords[state].title}
    </Badge>
  );
}
