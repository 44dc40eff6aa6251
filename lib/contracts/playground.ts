import { z } from "zod";
import type { PlanCode } from "../core/policies/plan-refusal.ts";
import type { RegionCode } from "../core/regions/catalog.ts";
import { tenantName } from "./tenants.ts";
import { line, prose } from "./text.ts";

export const playgroundInput = z.object({
  tenant: tenantName,
  /** `policy`, a region code, or `global`. */
  target: line.min(1).max(16),
  model: line.trim().min(1).max(120),
  prompt: prose.min(1).max(8000),
});
export type PlaygroundInput = z.infer<typeof playgroundInput>;

export const targetOutlookSearch = z.object({
  tenant: tenantName,
  model: line.trim().min(1).max(120).optional(),
});
export type TargetOutlookSearch = z.infer<typeof targetOutlookSearch>;

/** What the policy in force says beforehand about a chat call to one target. */
export type TargetOutlook = {
  /** `policy`, a region code, or `global`. */
  readonly target: string;
  /** The host it stands for. */
  readonly host: string;
  readonly region: RegionCode | "global" | null;
  /** `refused` before it leaves; `flagged`: an observing policy sends it and records what it broke. */
  readonly outlook: "sent" | "flagged" | "refused";
  readonly objection: { readonly code: PlanCode; readonly message: string } | null;
  /** False where the tenant holds no provider key that may be sent to this host. */
  readonly hasCredential: boolean;
};
