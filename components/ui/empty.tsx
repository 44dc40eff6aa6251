import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/**
 * Three kinds, never mixed up: `no-data` nothing was recorded yet, `no-match` the filters leave nothing,
 * `nothing-found` the record was searched and holds none (with its window and coverage in the words).
 */
export type EmptyKind = "no-data" | "no-match" | "nothing-found";

export type EmptyProps = {
  kind: EmptyKind;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

export function Empty({ kind, title, children, action, className }: EmptyProps) {
  return (
    <div
      className={cn("flex flex-col items-start gap-2 px-4 py-8", className)}
      data-empty={kind}
      role="status"
    >
      <p className="font-medium text-base">{title}</p>
      {children ? <div className="max-w-prose text-pretty text-base text-muted">{children}</div> : null}
      {action ? <div className="flex gap-2 pt-2">{action}</div> : null}
    </div>
  );
}
