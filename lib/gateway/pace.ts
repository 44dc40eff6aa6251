/** In which order a gateway's one thread does what lies ready. */
export type Pace = {
  /** Something happened that a call follows on: one came, or one ended and its caller is free to make the next. */
  stir(): void;
  /** Resolves when rounds of the event loop have passed in which nothing stirred: nobody else is about to come. */
  quiet(): Promise<void>;
  /** Resolves when it is the turn of work that no caller waits for. */
  leisure(): Promise<void>;
  /** What callers wait for is with somebody else for now: the time for such work. */
  rest(): void;
  /** A caller waits for it after all: all of it has its turn now. */
  hurry(): void;
};

export type PaceOptions = {
  /** Nobody waits longer for `quiet`. */
  readonly quietMsMax: number;
  /** Nobody waits longer for `rest`. */
  readonly restMsMax: number;
  /** Turns of work nobody waits for in one round of the event loop; callers' bytes pass between two rounds. */
  readonly turnsAtOnce: number;
  /** Beyond so many waiting, turns are given at once: what waits holds memory. */
  readonly heldMax: number;
};

export const defaultPace: PaceOptions = { quietMsMax: 2, restMsMax: 2, turnsAtOnce: 4, heldMax: 128 };

const quietRounds = 2;

/**
 * Calls move in step, because their intents are written together. So a group is written when all have joined it who lie ready,
 * and what is left to do of calls that have ended is done while it is being written, not before the next answers and
 * requests are passed on.
 */
export function createPace(options: PaceOptions = defaultPace): Pace {
  let stirred = 0;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | null = null;
  let underWay = false;

  const round = (): void => {
    const turns = Math.max(options.turnsAtOnce, waiting.length - options.heldMax);
    const now = waiting.slice(0, turns);
    waiting = waiting.slice(turns);
    underWay = waiting.length > 0;
    if (underWay) setImmediate(round);
    for (const go of now) go();
  };

  const rest = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (underWay || waiting.length === 0) return;
    underWay = true;
    setImmediate(round);
  };

  return {
    stir() {
      stirred += 1;
    },
    quiet() {
      const until = performance.now() + options.quietMsMax;
      let seen = -1;
      let rounds = 0;
      return new Promise((resolve) => {
        const look = (): void => {
          rounds = stirred === seen ? rounds + 1 : 0;
          seen = stirred;
          if (rounds >= quietRounds || performance.now() >= until) resolve();
          else setImmediate(look);
        };
        setImmediate(look);
      });
    },
    leisure() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (underWay) return;
        if (waiting.length > options.heldMax) rest();
        else timer ??= setTimeout(rest, options.restMsMax);
      });
    },
    rest,
    hurry() {
      for (const go of waiting.splice(0)) go();
    },
  };
}
