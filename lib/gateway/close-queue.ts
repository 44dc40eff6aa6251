import type { CallRecord } from "../core/calls/call-record.ts";

export type CloseQueueOptions = {
  /** Records calls of one tenant in one transaction; harmless to repeat. Throws where nothing was recorded for now. */
  readonly record: (tenantId: string, records: readonly CallRecord[]) => Promise<unknown>;
  /** Told when a batch was not taken; it will be tried again. */
  readonly onDelay: (tenantId: string, calls: number, error: unknown) => void;
  /** Whether the batch may be why it was not taken, and not the store. */
  readonly isOfBatch: (error: unknown) => boolean;
  /** Told of a record that is why, and is not tried again. */
  readonly onGivenUp: (record: CallRecord, error: unknown) => void;
  /** Calls open and calls waiting, together. No tenant takes them all: see `freeFactor`. */
  readonly heldMax: number;
  readonly batchMax: number;
  /** Tenants recorded at the same time. */
  readonly lanesMax: number;
  /** How long calls of a tenant wait for company, unless a whole batch has come together. */
  readonly lingerMs: number;
  /** The same behind a batch of at least `from` calls: more of them together cost less each. */
  readonly busy?: { readonly from: number; readonly lingerMs: number };
};

/** Calls that have ended and are not yet recorded. */
export type CloseQueue = {
  /** A place for a call about to be opened. False: the store is behind, or the tenant's calls are; refuse the call. */
  reserve(tenantId: string): boolean;
  /** Gives back a place whose call left nothing to record. */
  release(tenantId: string): void;
  /** Takes the record of a call that has a place. */
  add(record: CallRecord): void;
  waiting(): number;
  /** When the call ended that has waited longest, in milliseconds since 1970; null: none waits. */
  oldestEndedAt(): number | null;
  /** Resolves when no call is open or waiting, or after `msMax`, with the number of those that still are. */
  drain(msMax: number): Promise<number>;
};

type Lane = {
  readonly tenantId: string;
  records: CallRecord[];
  /** `soon`: waits for company; `later`: for the store. */
  state: "idle" | "soon" | "later" | "running";
  retryMs: number;
  timer: NodeJS.Timeout | undefined;
  /** So many go together: half as many behind a batch that was at fault. */
  batchMax: number;
  /** Whose first record was not taken alone either. */
  suspect: boolean;
  failedAlone: number;
};

const retryMs = { first: 100, longest: 2_000 } as const;
/** Before the record of a call is given up, with nothing beside it that could be why. */
const triesAlone = 2;
/**
 * Places that a tenant may hold for each that is still free. One alone gets three quarters of all, two that take what they can
 * three sevenths each, and so on: whoever comes next always finds some (dynamic thresholds, Choudhury and Hahne, 1998).
 */
const freeFactor = 3;

/**
 * One transaction per tenant at a time; what comes meanwhile goes together. While the store is away everything is
 * kept, in bounded memory: a call that would not fit is not opened, and no tenant's calls keep out all others'.
 *
 * A batch that is not taken for its own sake is halved until the record at fault stands alone. That one is tried while no other
 * batch runs, so that nobody else's can be why, and then given up: it keeps neither its tenant nor anybody else from recording.
 *
 * crash: what is lost here has an intent, and the sweeper records it as a call without an end.
 */
export function createCloseQueue(options: CloseQueueOptions): CloseQueue {
  /** Lanes that hold records; the one served last stands last. */
  const lanes = new Map<string, Lane>();
  const timers = new Set<NodeJS.Timeout>();
  /** Places by tenant; one that holds none is not in it. */
  const held = new Map<string, number>();
  let open = 0;
  let waiting = 0;
  let running = 0;
  /** A suspect runs, and nothing beside it. */
  let exclusive = false;
  let draining = false;
  const idle: (() => void)[] = [];

  const wait = (lane: Lane, state: "soon" | "later", ms: number): void => {
    lane.state = state;
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (lane.state === state) lane.state = "idle";
      startWaiting();
    }, ms);
    timers.add(timer);
    lane.timer = timer;
  };

  const startWaiting = (): void => {
    for (const lane of lanes.values()) {
      if (running >= options.lanesMax || exclusive) return;
      if (lane.state !== "idle") continue;
      // Its turn comes when those that run are done: nobody goes before it.
      if (lane.suspect && running > 0) return;
      void run(lane);
    }
  };

  const run = async (lane: Lane): Promise<void> => {
    lane.state = "running";
    if (lane.timer) timers.delete(lane.timer);
    clearTimeout(lane.timer);
    running += 1;
    exclusive = lane.suspect;
    const batch = lane.records.slice(0, lane.batchMax);
    const done = await record(lane, batch);
    running -= 1;
    exclusive = false;
    lane.state = "idle";
    lanes.delete(lane.tenantId);
    if (done) {
      lane.records = lane.records.slice(batch.length);
      waiting -= batch.length;
      giveBack(lane.tenantId, batch.length);
    }
    if (lane.records.length > 0) lanes.set(lane.tenantId, lane);
    if (!done) {
      wait(lane, "later", lane.retryMs);
      lane.retryMs = Math.min(lane.retryMs * 2, retryMs.longest);
    } else if (!draining && lane.records.length > 0 && lane.records.length < options.batchMax)
      wait(lane, "soon", lingerBehind(batch.length));
    settled();
    startWaiting();
  };

  const lingerBehind = (calls: number): number =>
    options.busy && calls >= options.busy.from ? options.busy.lingerMs : options.lingerMs;

  const giveBack = (tenantId: string, places: number): void => {
    const left = (held.get(tenantId) ?? 0) - places;
    if (left > 0) held.set(tenantId, left);
    else held.delete(tenantId);
  };

  const settled = (): void => {
    if (open + waiting === 0) for (const done of idle.splice(0)) done();
  };

  /** False: these are to be tried again. */
  const record = async (lane: Lane, batch: readonly CallRecord[]): Promise<boolean> => {
    const alone = lane.suspect;
    try {
      await options.record(lane.tenantId, batch);
      lane.retryMs = retryMs.first;
      lane.batchMax = Math.min(options.batchMax, lane.batchMax * 2);
      lane.suspect = false;
      lane.failedAlone = 0;
      return true;
    } catch (error) {
      if (!options.isOfBatch(error)) {
        options.onDelay(lane.tenantId, batch.length, error);
        return false;
      }
      lane.retryMs = retryMs.first;
      lane.batchMax = Math.ceil(batch.length / 2);
      lane.suspect = batch.length === 1;
      if (alone) lane.failedAlone += 1;
      const [guilty] = batch;
      if (!guilty || lane.failedAlone < triesAlone) {
        options.onDelay(lane.tenantId, batch.length, error);
        return false;
      }
      lane.suspect = false;
      lane.failedAlone = 0;
      options.onGivenUp(guilty, error);
      return true;
    }
  };

  return {
    reserve(tenantId) {
      const own = held.get(tenantId) ?? 0;
      if (own >= freeFactor * (options.heldMax - open - waiting)) return false;
      held.set(tenantId, own + 1);
      open += 1;
      return true;
    },
    release(tenantId) {
      open -= 1;
      giveBack(tenantId, 1);
      settled();
    },
    add(record) {
      open -= 1;
      waiting += 1;
      const known = lanes.get(record.tenantId);
      if (known) {
        known.records.push(record);
        if (known.state === "soon" && known.records.length >= options.batchMax) {
          known.state = "idle";
          startWaiting();
        }
        return;
      }
      const lane: Lane = {
        tenantId: record.tenantId,
        records: [record],
        state: "idle",
        retryMs: retryMs.first,
        timer: undefined,
        batchMax: options.batchMax,
        suspect: false,
        failedAlone: 0,
      };
      lanes.set(record.tenantId, lane);
      wait(lane, "soon", options.lingerMs);
    },
    waiting: () => waiting,
    oldestEndedAt() {
      const ends = [...lanes.values()].map(({ records }) => Date.parse(records[0]?.endedAt ?? ""));
      return ends.reduce<number | null>(
        (oldest, at) => (Number.isNaN(at) || (oldest !== null && oldest <= at) ? oldest : at),
        null,
      );
    },
    async drain(msMax) {
      draining = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      for (const lane of lanes.values()) if (lane.state !== "running") lane.state = "idle";
      startWaiting();
      if (open + waiting === 0) return 0;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, msMax);
      });
      await Promise.race([new Promise<void>((resolve) => idle.push(resolve)), late]);
      clearTimeout(timer);
      return open + waiting;
    },
  };
}
