import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { regionName } from "../ui/region-name.tsx";

export const targets: readonly string[] = [
  "policy",
  ...openaiCatalog.regions.map(({ code }) => code),
  "global",
];

/** A target as lists name it: "As the policy routes", "Europe (EEA and Switzerland)", "Global endpoint". */
export function targetName(target: string): string {
  return target === "policy" ? "As the policy routes" : regionName(target);
}

/** What the policy says beforehand, short enough for an option. */
export function outlookWord(outlook: TargetOutlook | undefined): string | null {
  if (!outlook) return null;
  if (outlook.outlook === "refused") return "would be refused";
  if (outlook.outlook === "flagged") return "would be flagged";
  return outlook.hasCredential ? null : "no provider key";
}
