"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { formatInstant } from "../ui/format-time.ts";

/** On paper alone, above the page: what it is a print of, who made it, and when. */
export function PrintStamp({ name }: { name: string }) {
  const [at, setAt] = useState<Date | null>(null);
  useEffect(() => {
    // The browser lays the page out as soon as this returns.
    const stamp = () => flushSync(() => setAt(new Date()));
    window.addEventListener("beforeprint", stamp);
    return () => window.removeEventListener("beforeprint", stamp);
  }, []);
  return (
    <p
      className="mb-4 hidden justify-between gap-6 border-b pb-2 text-faint text-xs print:flex"
      data-print-stamp=""
    >
      <span>Domicile</span>
      {at === null ? null : (
        <span>
          Printed by {name} on {formatInstant(at)}
        </span>
      )}
    </p>
  );
}
