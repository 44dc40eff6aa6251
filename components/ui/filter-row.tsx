import type { ReactNode } from "react";

/** Filters side by side: each as wide as it wants to be, and two in a row where the screen is narrow. */
export function FilterRow({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2 max-sm:*:w-full max-sm:*:min-w-0">
      {children}
    </div>
  );
}
