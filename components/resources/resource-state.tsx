import { CircleCheck, CircleDashed, CircleQuestionMark, CircleX } from "lucide-react";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { Badge } from "../ui/badge.tsx";
import { Age } from "./age.tsx";
import { problemWords, sadStates, stateWord } from "./state-words.ts";

type StateProps = { item: Pick<ResourceItem, "status" | "statusAt" | "isUnsettled" | "asked">; now: string };

/** The provider's last word on an object, how old it is, and why there is no newer one. */
export function ResourceState({ item, now }: StateProps) {
  const { status, statusAt, asked } = item;
  const problem = asked?.problem ?? null;
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      {status === null ? <span className="text-faint">–</span> : <StateBadge item={item} />}
      {statusAt === null ? null : <Age at={statusAt} className="text-faint text-xs" now={now} />}
      {problem === null ? null : (
        <span title={problemWords[problem]}>
          <CircleQuestionMark aria-hidden="true" className="size-3.5 text-unverifiable-ink" />
          <span className="sr-only">Could not be asked. {problemWords[problem]}</span>
        </span>
      )}
    </span>
  );
}

/** One word of the provider, with a mark that says whether it still moves. */
export function StateBadge({
  item: { status, isUnsettled },
}: {
  item: Pick<ResourceItem, "status" | "isUnsettled">;
}) {
  if (status === null) return null;
  const Icon = isUnsettled ? CircleDashed : sadStates.has(status) ? CircleX : CircleCheck;
  return (
    <Badge tone={isUnsettled ? "accent" : "plain"}>
      <Icon aria-hidden="true" />
      {stateWord(status)}
    </Badge>
  );
}
