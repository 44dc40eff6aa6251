import { describe, expect, it } from "vitest";
import { createStoreWatch } from "./store-watch.ts";

describe("createStoreWatch", () => {
  it("counts from the first answer, and anew behind a gap, be it that the store was away or the machine slept", () => {
    let at = 1_000_000;
    const watch = createStoreWatch({ gapMsMax: 6_000, now: () => at });
    const later = (ms: number): number => {
      at += ms;
      return watch.reached();
    };
    expect(later(0)).toBe(0);
    expect(later(3_000)).toBe(3_000);
    expect(later(6_000)).toBe(9_000);
    expect(later(6_001)).toBe(0);
    expect(later(3_000)).toBe(3_000);
  });

  it("counts anew where the clock was set back", () => {
    const times = [10_000, 12_000, 9_000, 11_000];
    const watch = createStoreWatch({ gapMsMax: 6_000, now: () => times.shift() ?? 0 });
    expect([1, 2, 3, 4].map(() => watch.reached())).toEqual([0, 2_000, 0, 2_000]);
  });
});
