import type { UsageDimension } from "../../lib/contracts/usage.ts";
import { regionName } from "../ui/region-name.tsx";

/** Headings, and the names of tabs after "By". */
export const dimensionWords: Readonly<Record<UsageDimension, string>> = {
  region: "Region",
  model: "Model",
  operation: "Operation",
  application: "Application",
  tenant: "Tenant",
};

/** A row's key as text. */
export function usageKeyText(by: UsageDimension, key: string): string {
  if (by === "region") return regionName(key);
  if (by === "model" && key === "none") return "No model";
  if (by === "model" && key === "other") return "Other models";
  return key;
}

/** Dimensions that a row narrows the page to. A tenant is chosen by the page's own picker. */
export type NarrowedBy = Exclude<UsageDimension, "tenant">;

/** What is counted by next, once a row was chosen: its own dimension would be one row. */
export const nextDimension: Readonly<Record<UsageDimension, UsageDimension>> = {
  tenant: "region",
  region: "model",
  model: "operation",
  operation: "application",
  application: "region",
};
