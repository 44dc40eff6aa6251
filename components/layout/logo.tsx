import { cn } from "../ui/cn.ts";

/** A place, and a line through the record: a house front as a ledger page. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" className={cn("size-6 shrink-0", className)} fill="none" viewBox="0 0 24 24">
      <path d="M4 10.2 12 4l8 6.2V20H4z" stroke="currentColor" strokeLinejoin="round" strokeWidth="1.6" />
      <path d="M8 12.5h8M8 16h5" stroke="var(--accent-ink)" strokeLinecap="round" strokeWidth="1.6" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold text-md tracking-tight", className)}>
      <LogoMark />
      Domicile
    </span>
  );
}
