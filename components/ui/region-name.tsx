import { regions } from "../../lib/core/regions/openai/regions.ts";
import { cn } from "./cn.ts";

const names = new Map(regions.map(({ code, name }) => [code, name]));

/** A region's name; `global`, `unknown` and `none` are no regions and say so. */
export function regionName(code: string | null): string {
  if (code === null || code === "unknown") return "Unknown host";
  if (code === "global") return "Global endpoint";
  if (code === "none") return "Nothing sent";
  return names.get(code) ?? code.toUpperCase();
}

export function RegionName({ code, className }: { code: string | null; className?: string }) {
  const isRegion = code !== null && names.has(code);
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      {isRegion ? <span className="font-mono text-faint text-xs uppercase">{code}</span> : null}
      {regionName(code)}
    </span>
  );
}
