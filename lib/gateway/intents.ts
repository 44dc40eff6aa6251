import type { CallIntent } from "../core/calls/call-record.ts";

/** An intent before it has its number. */
export type IntentDraft = Omit<CallIntent, "bootId" | "n">;

export type IntentNumber = { readonly bootId: string; readonly n: number };

/**
 * The intent is not known to be durable, so the call must not leave. `intent` is set where the row may exist
 * nevertheless: then the refusal has to be recorded under that number.
 */
export class IntentUnavailable extends Error {
  override readonly name = "IntentUnavailable";
  readonly intent: IntentNumber | null;

  constructor(intent: IntentNumber | null, cause: unknown) {
    super("The evidence store did not take the intent.", { cause });
    this.intent = intent;
  }
}

export type IntentLogOptions = {
  /** Durable and whole when it returns; may have happened when it throws. */
  readonly write: (intents: readonly CallIntent[]) => Promise<void>;
  /** True for the error that says: this boot may open no more, and nothing was written. */
  readonly isFenced: (error: unknown) => boolean;
  /** True for the error that says: these very rows are there already. */
  readonly isDuplicate: (error: unknown) => boolean;
  /** Told of intents that the store holds now, before any of their calls is sent. */
  readonly onDurable: (intents: readonly CallIntent[]) => void;
  /** Told once per boot that was fenced. */
  readonly onFenced: (bootId: string) => void;
  readonly groupMax: number;
  /** Resolves when a group is not to wait for others any longer; not in the same round of the event loop. */
  readonly company: () => Promise<void>;
  /** Longest wait of a call. */
  readonly waitMsMax: number;
};

export type IntentLog = {
  /** Resolves when the intent is durable. */
  open(draft: IntentDraft): Promise<IntentNumber>;
  /** Begins a boot; its numbers count from 1. */
  startBoot(bootId: string): void;
  waiting(): number;
};

type Waiter = {
  readonly draft: IntentDraft;
  readonly resolve: (intent: IntentNumber) => void;
  readonly reject: (error: IntentUnavailable) => void;
};

/**
 * Group commit: what lies ready is written together, and everything that comes meanwhile goes when that write is done.
 *
 * Numbers have no gaps. A group whose write failed may be in the store or not; before any other number is given
 * out, the same group is written again until the store has it.
 */
export function createIntentLog(options: IntentLogOptions): IntentLog {
  const numbers = new Map<string, number>();
  let bootId: string | null = null;
  let waiting: Waiter[] = [];
  let inDoubt: readonly CallIntent[] = [];
  let flushing = false;
  let stuck = false;

  const fence = (fenced: string): void => {
    inDoubt = [];
    if (bootId !== fenced) return;
    bootId = null;
    options.onFenced(fenced);
  };

  const refuseWaiting = (cause: unknown): void => {
    const refused = waiting;
    waiting = [];
    for (const { reject } of refused) reject(new IntentUnavailable(null, cause));
  };

  const number = (draft: IntentDraft, boot: string): CallIntent => {
    const n = (numbers.get(draft.tenantId) ?? 0) + 1;
    numbers.set(draft.tenantId, n);
    return { ...draft, bootId: boot, n };
  };

  /** Writes with a limit on how long calls wait for it; the write itself is awaited to its end. */
  const write = async (intents: readonly CallIntent[], late: (cause: Error) => void): Promise<void> => {
    const timer = setTimeout(() => {
      stuck = true;
      const cause = new Error("The store is slow.");
      late(cause);
      refuseWaiting(cause);
    }, options.waitMsMax);
    try {
      await options.write(intents);
    } finally {
      clearTimeout(timer);
      stuck = false;
    }
  };

  const settleDoubt = async (): Promise<boolean> => {
    const boot = inDoubt[0]?.bootId;
    if (boot === undefined) return true;
    try {
      await write(inDoubt, () => {});
    } catch (error) {
      if (options.isFenced(error)) {
        fence(boot);
        return bootId !== null;
      }
      if (!options.isDuplicate(error)) {
        refuseWaiting(error);
        return false;
      }
    }
    options.onDurable(inDoubt);
    inDoubt = [];
    return true;
  };

  const writeGroup = async (boot: string): Promise<void> => {
    const group = waiting.splice(0, options.groupMax);
    const intents = group.map(({ draft }) => number(draft, boot));
    const refuse = (cause: unknown): void => {
      for (const [i, { reject }] of group.entries())
        reject(new IntentUnavailable({ bootId: boot, n: intents[i]?.n ?? 0 }, cause));
    };
    try {
      await write(intents, refuse);
    } catch (error) {
      if (options.isFenced(error)) {
        fence(boot);
        for (const { reject } of group) reject(new IntentUnavailable(null, error));
      } else {
        inDoubt = intents;
        refuse(error);
        refuseWaiting(error);
      }
      return;
    }
    options.onDurable(intents);
    for (const [i, { resolve }] of group.entries()) resolve({ bootId: boot, n: intents[i]?.n ?? 0 });
  };

  const flush = async (): Promise<void> => {
    try {
      while (waiting.length > 0) {
        await options.company();
        if (!(await settleDoubt())) refuseWaiting(new Error("The store has not taken earlier intents."));
        else if (bootId === null) refuseWaiting(new Error("No boot is registered."));
        else await writeGroup(bootId);
      }
    } finally {
      flushing = false;
    }
  };

  return {
    open(draft) {
      if (bootId === null || stuck)
        return Promise.reject(new IntentUnavailable(null, new Error("The store is away.")));
      return new Promise((resolve, reject) => {
        waiting.push({ draft, resolve, reject });
        if (flushing) return;
        flushing = true;
        void flush();
      });
    },
    startBoot(next) {
      bootId = next;
      numbers.clear();
    },
    waiting: () => waiting.length,
  };
}
