import type { CallListItem } from "../../lib/contracts/calls.ts";

/** Tail and list as one, newest start first; a call that is in both stands once. */
export function mergeCalls(
  tail: readonly CallListItem[],
  list: readonly CallListItem[],
): readonly CallListItem[] {
  if (tail.length === 0) return list;
  const listed = new Set(list.map((call) => call.id));
  const fresh = tail.filter((call) => !listed.has(call.id));
  return [...fresh, ...list].sort(byStart);
}

function byStart(a: CallListItem, b: CallListItem): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
