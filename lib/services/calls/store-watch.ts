/** For how long the store has been within reach. */
export type StoreWatch = {
  /** It has answered just now. Milliseconds since when it has done so without a break. */
  reached(): number;
};

/**
 * `gapMsMax`: how far apart two answers may lie. `now` is the wall clock: a machine that slept has reached nobody meanwhile.
 */
export function createStoreWatch({ gapMsMax, now }: { gapMsMax: number; now: () => number }): StoreWatch {
  let since = Number.NaN;
  let last = Number.NaN;
  return {
    reached() {
      const at = now();
      const gapMs = at - last;
      if (!(gapMs >= 0 && gapMs <= gapMsMax)) since = at;
      last = at;
      return at - since;
    },
  };
}
