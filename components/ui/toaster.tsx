"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Short confirmations (`toast` of sonner). Errors of a form stand in the form, not here. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      position="bottom-right"
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      toastOptions={{
        classNames: { toast: "!rounded-md !border-line-strong !bg-surface !text-ink !text-sm !shadow-none" },
      }}
    />
  );
}
