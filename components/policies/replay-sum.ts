import type { ReplayChunk, ReplayDifference } from "../../lib/contracts/replays.ts";

/** What the parts of a replay add up to so far. */
export type ReplaySum = Omit<ReplayChunk, "from" | "to" | "nextCursor"> & {
  /** Calls with another verdict than before, whether or not they are listed. */
  readonly differ: number;
};

export const nothingReplayed: ReplaySum = {
  totalCalls: 0,
  looked: 0,
  verdicts: [],
  stopped: 0,
  stoppedBefore: 0,
  wouldStop: 0,
  stopReasons: [],
  differing: [],
  differ: 0,
};

const listedMax = 200;

/** Adds one part. Every call is in one part only, so counts are sums. */
export function addChunk(sum: ReplaySum, chunk: ReplayChunk): ReplaySum {
  const verdicts = addBy([...sum.verdicts, ...chunk.verdicts], ({ before, after }) => `${before} ${after}`);
  const differing: readonly ReplayDifference[] = [...sum.differing, ...chunk.differing].slice(0, listedMax);
  return {
    totalCalls: chunk.totalCalls,
    looked: sum.looked + chunk.looked,
    verdicts,
    stopped: sum.stopped + chunk.stopped,
    stoppedBefore: sum.stoppedBefore + chunk.stoppedBefore,
    wouldStop: sum.wouldStop + chunk.wouldStop,
    stopReasons: addBy([...sum.stopReasons, ...chunk.stopReasons], ({ reason }) => reason),
    differing,
    differ: verdicts.reduce(
      (calls, cell) => calls + (cell.before === (cell.after as string) ? 0 : cell.calls),
      0,
    ),
  };
}

function addBy<Counted extends { readonly calls: number }>(
  all: readonly Counted[],
  keyOf: (counted: Counted) => string,
): Counted[] {
  const sums = new Map<string, Counted>();
  for (const counted of all) {
    const before = sums.get(keyOf(counted));
    sums.set(keyOf(counted), { ...counted, calls: counted.calls + (before?.calls ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.calls - a.calls);
}
