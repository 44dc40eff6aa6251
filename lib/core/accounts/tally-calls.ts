import { nothingRecorded, type RecordedUsage } from "./compare-usage.ts";
import { openKindsOf, toolKinds, usageKindOf } from "./counted-as.ts";
import { type UsageKind, usageKinds } from "./usage-kind.ts";

/** Dials of recorded calls that were sent, alike in what decides where they are counted. */
export type CallGroup = {
  /** What the answer named as its project, where it is one of those that are compared. */
  readonly named: string | null;
  /** The answer named another project. */
  readonly namesOther: boolean;
  /** null: the caller's own key, or a call that another program told. */
  readonly credentialId: string | null;
  readonly operation: string;
  /** `inside`: of this day. `own_edge`: of this day, and may be counted to another. `edge`: of another, and may be counted to this one. */
  readonly place: "inside" | "own_edge" | "edge";
  /** `unknown`: no answer was seen. */
  readonly answer: "accepted" | "refused" | "unknown";
  /** Told by another program. */
  readonly reported: boolean;
  /** A tool at the provider may have asked models again. */
  readonly usesTools: boolean;
  /** A log that tells only the last attempt: there may have been others. */
  readonly lastOnly: boolean;
  readonly calls: number;
};

/** What is known of a key that calls were sent with. */
export type KeyProject = {
  /** null: nobody stated it. */
  readonly projectId: string | null;
  /** False for keys of another provider, whose calls are none of these projects'. */
  readonly isOpenai: boolean;
};

/**
 * What the record holds per project and kind. A call is of the project that its answer named, else of its key's. One without
 * either may be of any: it counts as `unnamed` for each, so that it is held against none.
 */
export function tallyCalls(
  groups: readonly CallGroup[],
  projectIds: readonly string[],
  keys: ReadonlyMap<string, KeyProject>,
): ReadonlyMap<string, Readonly<Record<UsageKind, RecordedUsage>>> {
  const tallies = new Map(projectIds.map((id) => [id, emptyTally()]));
  for (const group of groups) {
    const projectId = projectOf(group, keys);
    if (projectId === "another") continue;
    if (projectId !== null) add(tallies.get(projectId), group, true);
    else for (const tally of tallies.values()) add(tally, group, false);
  }
  return tallies;
}

type Tally = Record<UsageKind, { -readonly [Count in keyof RecordedUsage]: number }>;

function emptyTally(): Tally {
  return Object.fromEntries(usageKinds.map((kind) => [kind, { ...nothingRecorded }])) as Tally;
}

function projectOf(group: CallGroup, keys: ReadonlyMap<string, KeyProject>): string | null | "another" {
  if (group.named !== null) return group.named;
  if (group.namesOther) return "another";
  const key = group.credentialId === null ? undefined : keys.get(group.credentialId);
  if (key === undefined) return null;
  return key.isOpenai ? key.projectId : "another";
}

function add(tally: Tally | undefined, group: CallGroup, isNamed: boolean): void {
  if (tally === undefined) return;
  const { operation, place, answer, reported, calls } = group;
  const kind = usageKindOf(operation);
  // What the provider turned away has begun nothing that goes on.
  if (answer !== "refused") for (const opened of openedBy(group, kind)) tally[opened].open += calls;
  if (kind === null) return;
  const counts = tally[kind];
  if (!isNamed) counts.unnamed += calls;
  else if (place === "edge") counts.edge += calls;
  else {
    counts.sent += calls;
    if (answer === "accepted") counts.accepted += calls;
    if (reported) counts.reported += calls;
    if (place === "own_edge") counts.ownEdge += calls;
  }
}

function openedBy({ operation, usesTools, lastOnly }: CallGroup, kind: UsageKind | null): Set<UsageKind> {
  return new Set([
    ...openKindsOf(operation),
    ...(usesTools ? toolKinds : []),
    ...(lastOnly && kind !== null ? [kind] : []),
  ]);
}
