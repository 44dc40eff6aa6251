"use client";

import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import type { Column } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { RegionMark } from "../ui/region-mark.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { enforcementWord, presetTitle } from "./policy-words.ts";

/** What a list of tenants says of the policy in force, and whether anything leaves at all. */
export const policyColumns: readonly Column<TenantSummary>[] = [
  { id: "preset", header: "Policy", cell: ({ preset }) => presetTitle(preset) },
  { id: "home", header: "Home", cell: ({ homeRegion }) => <RegionMark code={homeRegion ?? "global"} /> },
  { id: "enforcement", header: "Enforcement", cell: ({ enforcement }) => enforcementWord(enforcement) },
  {
    id: "mode",
    header: "Mode",
    cell: ({ mode }) => (mode === "simulated" ? <SimulatedBadge /> : <Badge>Live</Badge>),
  },
];
