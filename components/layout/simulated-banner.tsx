"use client";

import { useTenants } from "./tenants.tsx";
import { useShownTenant } from "./use-shown-tenant.ts";

/** Says that what is shown never reached a provider. Printed as well. */
export function SimulatedBanner() {
  const tenants = useTenants();
  const chosen = useShownTenant();
  const shown = chosen ? tenants.filter(({ slug }) => slug === chosen) : tenants;
  const simulated = shown.filter(({ mode }) => mode === "simulated");
  if (simulated.length === 0) return null;
  const words =
    simulated.length === shown.length
      ? "These calls went to a simulated provider, never to OpenAI."
      : `${simulated.map(({ name }) => name).join(", ")}: simulated. Their calls never went to OpenAI.`;
  return (
    <section
      aria-label="Simulated data"
      className="hatch-simulated border-b px-4 py-1 text-muted text-xs leading-5 md:px-6"
    >
      <span className="mr-2 rounded-xs bg-ink px-1.5 py-px font-medium text-paper">Simulated</span>
      <span className="rounded-xs bg-paper px-1 py-px">{words}</span>
    </section>
  );
}
