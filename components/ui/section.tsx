import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

export type SectionProps = {
  title: string;
  /** One line beneath the title: what is counted and how. */
  note?: ReactNode;
  /** A link or a control at the right of the title. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A titled part of a page between hairlines. */
export function Section({ title, note, action, className, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn("min-w-0 overflow-hidden rounded-md border bg-surface", className)}
    >
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-b px-4 py-2">
        <div className={cn("min-w-0 flex-1", note ? "basis-64" : "basis-32")}>
          <h2 className="font-semibold text-base" id={id}>
            {title}
          </h2>
          {note ? <p className="text-faint text-xs">{note}</p> : null}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
