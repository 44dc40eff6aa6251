import { ArrowDownLeft, ArrowUpRight, Equal, type LucideIcon } from "lucide-react";
import { cn } from "./cn.ts";

/** What a change does to what is allowed. */
export type Effect = "widens" | "tightens" | "alters";

const meanings: Readonly<Record<Effect, { icon: LucideIcon; word: string; ink: string }>> = {
  widens: { icon: ArrowUpRight, word: "Widens", ink: "text-outside-ink" },
  tightens: { icon: ArrowDownLeft, word: "Tightens", ink: "text-in-region-ink" },
  alters: { icon: Equal, word: "Alters", ink: "text-muted" },
};

/** The order in which effects are listed: what widens first. */
export const effects: readonly Effect[] = ["widens", "tightens", "alters"];

/** A change as a line of a list, with the word for what it does. */
export function EffectLine({ effect, children }: { effect: Effect; children: React.ReactNode }) {
  const { icon: Icon, word, ink } = meanings[effect];
  return (
    <li className="flex gap-2" data-effect={effect}>
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
      <span className="min-w-0 break-words">
        <span className={cn("font-medium", ink)}>{word}:</span> {children}
      </span>
    </li>
  );
}
