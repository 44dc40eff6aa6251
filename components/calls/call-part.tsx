import type { ReactNode } from "react";

/** One part of the side sheet, titled, between hairlines. */
export function CallPart({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5 border-b px-4 py-4 last:border-b-0">
      <header>
        <h3 className="font-semibold text-sm">{title}</h3>
        {note === undefined ? null : <p className="text-faint text-xs">{note}</p>}
      </header>
      {children}
    </section>
  );
}
