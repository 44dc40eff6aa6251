import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { bandMeaning } from "./band-meaning.ts";
import { cn } from "./cn.ts";

/** A band as swatch (with its pattern), icon and word. `null`: not applicable, nothing to judge. */
export function BandMark({ band, className }: { band: Band | null; className?: string }) {
  if (band === null) return <span className={cn("text-faint", className)}>Not applicable</span>;
  const { word, icon: Icon, ink } = bandMeaning[band];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <BandSwatch band={band} />
      <Icon aria-hidden="true" className={cn("size-3.5 shrink-0", ink)} />
      {word}
    </span>
  );
}

export function BandSwatch({ band, className }: { band: Band; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("size-2.5 shrink-0 rounded-xs", bandMeaning[band].fill, className)}
    />
  );
}
