import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/**
 * Of the column that names the rows: it stays in sight while the figures are scrolled under it, and its words wrap on a narrow
 * screen to leave them room. Wants the row's own background.
 */
export const nameColumn = "sticky left-0 z-10 max-sm:min-w-40 max-sm:max-w-40 max-sm:whitespace-normal";

/** The same for names that cannot wrap, in rows of their own colours: where the table fits, the cell is like any other. */
export const longNameColumn = "max-lg:sticky max-lg:left-0 max-lg:z-10 max-lg:bg-surface";

/** Scrolls sideways by itself, so that the page never does. */
export function Table({
  caption,
  className,
  children,
  ...rest
}: ComponentProps<"table"> & { caption: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section aria-label={caption} className="relative w-full overflow-x-auto" tabIndex={0}>
      <table className={cn("w-full border-collapse text-left text-sm", className)} {...rest}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead className={cn("border-b text-faint", className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y divide-line", className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("h-8", className)} {...rest} />;
}

type Aligned = { align?: "left" | "right" };

export function TableHeader({ align = "left", className, ...rest }: ComponentProps<"th"> & Aligned) {
  return (
    <th
      className={cn(
        "h-8 whitespace-nowrap px-3 font-medium text-xs first:pl-4 last:pr-4",
        align === "right" && "text-right",
        className,
      )}
      scope="col"
      {...rest}
    />
  );
}

export function TableCell({ align = "left", className, ...rest }: ComponentProps<"td"> & Aligned) {
  return (
    <td
      className={cn(
        "whitespace-nowrap px-3 py-1 first:pl-4 last:pr-4",
        align === "right" && "text-right tabular-nums",
        className,
      )}
      {...rest}
    />
  );
}
