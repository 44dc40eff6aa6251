/** How a UTC day of a project stands, in the order in which it matters. */
export const usageStates = ["more_at_provider", "not_comparable", "fewer_at_provider", "agrees"] as const;
export type UsageState = (typeof usageStates)[number];

/** What the record holds of one kind of usage of a project on a UTC day, in requests. */
export type RecordedUsage = {
  /** Sent on that day, whatever was answered. */
  readonly sent: number;
  /** Of `sent`, answered with a success. */
  readonly accepted: number;
  /** Of `sent`, told by other programs: no gateway of ours saw them. */
  readonly reported: number;
  /** Of the days beside it, so close to this one that the provider may count them to it. */
  readonly edge: number;
  /** Of `sent`, so close to the days beside it that the provider may count them there. */
  readonly ownEdge: number;
  /** Neither the answer nor the key names their project: any of them may be of this one. */
  readonly unnamed: number;
  /** Recorded by other tenants that have a key of this project, and may be counted to it on this day. */
  readonly elsewhere: number;
  /** Calls of which one may be any number of the provider's requests: runs, sessions, tools at the provider. */
  readonly open: number;
};

export const nothingRecorded: RecordedUsage = {
  sent: 0,
  accepted: 0,
  reported: 0,
  edge: 0,
  ownEdge: 0,
  unnamed: 0,
  elsewhere: 0,
  open: 0,
};

/** Stands beside every comparison that is recorded; raised with every change to what `compareUsage` answers. */
export const comparisonRule = 1;

/** Around a call within which the provider may count it: its clock and its hour are not ours. */
export const edgeMs = 10 * 60_000;

/** So long a request without an end may have taken, or one that the provider works on in the background. */
export const longestMs = 3 * 3_600_000;

/** From the end of a day until its figures are taken for final; the provider's come in late. */
export const settledAfterMs = 48 * 3_600_000;

/**
 * The provider's count of a day, without requests of batches, beside the record. `missing`: so many requests the record can not
 * account for in any way; it is never more than that, and 0 unless the state is `more_at_provider`. That it counts fewer leaves
 * nothing out of the record.
 */
export function compareUsage(
  providerRequests: number,
  recorded: RecordedUsage,
): { readonly state: UsageState; readonly missing: number } {
  const { sent, accepted, edge, ownEdge, unnamed, elsewhere, open } = recorded;
  const most = sent + edge + unnamed + elsewhere;
  if (providerRequests > most)
    return open > 0
      ? { state: "not_comparable", missing: 0 }
      : { state: "more_at_provider", missing: providerRequests - most };
  const isFewer = providerRequests < accepted - ownEdge;
  return { state: isFewer ? "fewer_at_provider" : "agrees", missing: 0 };
}
