import type { Alert } from "./alert.ts";

/** More than so many of one kind and severity in one look become one message. */
export const gatherAbove = 5;

/** Alerts that are told as one. `members`: their keys. */
export type Gathered = { readonly alert: Omit<Alert, "key">; readonly members: readonly string[] };

/**
 * What is told by itself and what is told together, each the oldest first. Of different severities nothing is put together, or
 * a destination that wants the grave alone would hear of the rest.
 */
export function gatherAlerts(alerts: readonly Alert[]): {
  readonly single: readonly Alert[];
  readonly gathered: readonly Gathered[];
} {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts.toSorted(byTime)) {
    const name = `${alert.kind} ${alert.severity}`;
    groups.set(name, [...(groups.get(name) ?? []), alert]);
  }
  const single: Alert[] = [];
  const gathered: Gathered[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first || group.length <= gatherAbove) {
      single.push(...group);
      continue;
    }
    const { kind, severity, happenedAt } = first;
    gathered.push({
      alert: { kind, severity, happenedAt, facts: {}, count: group.length },
      members: group.map(({ key }) => key),
    });
  }
  return { single: single.toSorted(byTime), gathered };
}

function byTime(one: Alert, other: Alert): number {
  if (one.happenedAt !== other.happenedAt) return one.happenedAt < other.happenedAt ? -1 : 1;
  return one.key < other.key ? -1 : 1;
}
