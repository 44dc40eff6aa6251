import { cn } from "./cn.ts";

export type ProgressProps = {
  /** What is counted, for those who cannot see it: "Entries checked". */
  label: string;
  /** Null: it is under way, and nobody knows how far. */
  value: number | null;
  of: number;
  className?: string;
};

/** How far long work is. */
export function Progress({ label, value, of, className }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      className={cn(
        "h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line accent-accent",
        "[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent",
        value === null && "breathe",
        className,
      )}
      max={Math.max(1, of)}
      value={value ?? undefined}
    />
  );
}
