import { ArrowDownLeft, ArrowUpRight, Equal, type LucideIcon } from "lucide-react";
import type { PolicyChange } from "../../lib/core/policies/policy-change.ts";
import { cn } from "../ui/cn.ts";

const meanings: Readonly<Record<PolicyChange["effect"], { icon: LucideIcon; word: string; ink: string }>> = {
  widens: { icon: ArrowUpRight, word: "Widens", ink: "text-outside-ink" },
  tightens: { icon: ArrowDownLeft, word: "Tightens", ink: "text-in-region-ink" },
  alters: { icon: Equal, word: "Alters", ink: "text-muted" },
};

const order: readonly PolicyChange["effect"][] = ["widens", "tightens", "alters"];

/** What changes from one policy to another, what widens first. */
export function ChangeList({ changes, none }: { changes: readonly PolicyChange[]; none: string }) {
  if (changes.length === 0) return <p className="text-muted text-sm">{none}</p>;
  const sorted = order.flatMap((effect) => changes.filter((change) => change.effect === effect));
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {sorted.map(({ effect, sentence, field }) => {
        const { icon: Icon, word, ink } = meanings[effect];
        return (
          <li className="flex gap-2" data-effect={effect} key={`${field} ${sentence}`}>
            <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
            <span className="min-w-0 break-words">
              <span className={cn("font-medium", ink)}>{word}:</span> {sentence}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
