import type { ReactNode } from "react";

/** The way past what stands before `to`, an id: seen by whoever reaches it with the keyboard, and by nobody else. */
export function SkipLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-paper text-sm focus:translate-y-0 print:hidden"
      href={`#${to}`}
    >
      {children}
    </a>
  );
}
