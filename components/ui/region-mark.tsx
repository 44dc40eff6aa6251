import { Globe } from "lucide-react";
import { cn } from "./cn.ts";
import { regionName } from "./region-name.tsx";

/** A region's code as a mark in dense rows. `global` and unknown hosts are no regions and look it. */
export function RegionMark({ code, className }: { code: string | null; className?: string }) {
  const isPlace = code !== null && code !== "global" && code !== "unknown" && code !== "none";
  return (
    <span
      className={cn(
        "inline-flex h-4 shrink-0 items-center gap-1 rounded-xs border px-1 font-medium font-mono text-[0.6875rem] leading-none",
        isPlace ? "border-line-strong text-ink" : "border-line-strong border-dashed text-muted",
        className,
      )}
      title={regionName(code)}
    >
      {code === "global" ? <Globe aria-hidden="true" className="size-2.5" /> : null}
      <span aria-hidden="true">{isPlace ? code.toUpperCase() : code === "global" ? "global" : "?"}</span>
      <span className="sr-only">{regionName(code)}</span>
    </span>
  );
}
