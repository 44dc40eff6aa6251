import type { Severity } from "../findings/severity.ts";
import type { Alert } from "./alert.ts";
import type { AlertKind } from "./alert-kinds.ts";

const rank: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };

/** Whether a destination asked for an alert: its kind, from its severity upwards. */
export function isWanted(
  { kind, severity }: Pick<Alert, "kind" | "severity">,
  destination: { readonly kinds: readonly AlertKind[]; readonly minSeverity: Severity },
): boolean {
  return destination.kinds.includes(kind) && rank[severity] >= rank[destination.minSeverity];
}
