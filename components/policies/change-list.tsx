import type { PolicyChange } from "../../lib/core/policies/policy-change.ts";
import { EffectLine, effects } from "../ui/effect-mark.tsx";

/** What changes from one policy to another, what widens first. */
export function ChangeList({ changes, none }: { changes: readonly PolicyChange[]; none: string }) {
  if (changes.length === 0) return <p className="text-muted text-sm">{none}</p>;
  const sorted = effects.flatMap((effect) => changes.filter((change) => change.effect === effect));
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {sorted.map(({ effect, sentence, field }) => (
        <EffectLine effect={effect} key={`${field} ${sentence}`}>
          {sentence}
        </EffectLine>
      ))}
    </ul>
  );
}
