import type { Severity } from "../../lib/contracts/findings.ts";
import { cn } from "../ui/cn.ts";

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

const bars: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

/** Severity as rising bars and, unless told otherwise, its word. Only critical takes a colour. */
export function SeverityBadge({ severity, wordless = false }: { severity: Severity; wordless?: boolean }) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-sm",
        severity === "critical" && "text-outside-ink",
      )}
      title={wordless ? severityWords[severity] : undefined}
    >
      <svg aria-hidden="true" className="size-3.5 shrink-0" fill="currentColor" viewBox="0 0 14 14">
        {[1, 2, 3, 4].map((bar) => (
          <rect
            height={bar * 3 + 1}
            key={bar}
            opacity={bar <= bars[severity] ? 1 : 0.22}
            rx={0.5}
            width={2.5}
            x={(bar - 1) * 3.5}
            y={13 - bar * 3}
          />
        ))}
      </svg>
      <span className={wordless ? "sr-only" : undefined}>{severityWords[severity]}</span>
    </span>
  );
}
