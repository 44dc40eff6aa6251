import type { BootBody } from "../core/ledger/entries/boot-body.ts";
import type { OpenNumbers, TenantWord } from "./open-numbers.ts";

export type HeartbeatOptions = {
  readonly numbers: OpenNumbers;
  /** Appends to the tenant's log; harmless to repeat. */
  readonly record: (tenantId: string, body: BootBody) => Promise<void>;
  /** Told when a word was not taken; it, or a newer one, is tried again. */
  readonly onDelay: (tenantId: string, error: unknown) => void;
  readonly everyMs: number;
  /** So many recorded calls of one tenant do not wait for the timer. */
  readonly busyFrom: number;
};

export type Heartbeat = {
  start(): void;
  /** Something was recorded. Never waits. */
  poke(): void;
  /** One last word about every tenant, for at most `msMax`. */
  stop(msMax: number): Promise<void>;
};

/**
 * Says in each tenant's log which intents of this boot have no entry yet, every few seconds after activity, so that a
 * record that is lost on its way leaves a hole that shows. No call ever waits for it.
 *
 * crash: what was not said is said by the sweeper, when it closes the boot.
 */
export function createHeartbeat(options: HeartbeatOptions): Heartbeat {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;

  const say = async (word: TenantWord): Promise<void> => {
    try {
      await options.record(word.tenantId, word.body);
      options.numbers.said(word);
    } catch (error) {
      options.onDelay(word.tenantId, error);
    }
  };

  const sayAll = async (busyFrom: number, isLate: () => boolean = () => false): Promise<void> => {
    for (const word of options.numbers.unsaid(busyFrom)) if (!isLate()) await say(word);
  };

  /** One round at a time: what comes meanwhile is said in the next. */
  const round = (busyFrom: number): Promise<void> => {
    running ??= sayAll(busyFrom).finally(() => {
      running = null;
    });
    return running;
  };

  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void round(0).finally(schedule), options.everyMs);
    timer.unref();
  };

  return {
    start: schedule,
    poke() {
      if (!stopped && running === null && options.numbers.unsaid(options.busyFrom).length > 0)
        void round(options.busyFrom);
    },
    async stop(msMax) {
      stopped = true;
      clearTimeout(timer);
      let late = false;
      let limit: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        limit = setTimeout(() => {
          late = true;
          resolve();
        }, msMax);
      });
      const last = (running ?? Promise.resolve()).then(() => sayAll(0, () => late));
      await Promise.race([last, over]);
      clearTimeout(limit);
    },
  };
}
