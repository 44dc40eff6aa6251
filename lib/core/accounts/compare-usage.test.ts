import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareUsage, nothingRecorded, type RecordedUsage } from "./compare-usage.ts";

const recorded = (over: Partial<RecordedUsage>): RecordedUsage => ({ ...nothingRecorded, ...over });

describe("a day of a project", () => {
  it.each<[string, number, Partial<RecordedUsage>, string, number]>([
    ["of nothing", 0, {}, "agrees", 0],
    ["of the same number", 100, { sent: 100, accepted: 100 }, "agrees", 0],
    ["with requests that were refused and not counted", 90, { sent: 100, accepted: 90 }, "agrees", 0],
    ["with one more", 101, { sent: 100, accepted: 100 }, "more_at_provider", 1],
    ["that nobody recorded", 7, {}, "more_at_provider", 7],
    [
      "with one more, and a call just before midnight",
      101,
      { sent: 100, accepted: 100, edge: 1 },
      "agrees",
      0,
    ],
    ["with two more than these", 103, { sent: 100, accepted: 100, edge: 1 }, "more_at_provider", 2],
    [
      "with one more, and a call of no known project",
      101,
      { sent: 100, accepted: 100, unnamed: 1 },
      "agrees",
      0,
    ],
    [
      "with as many more as another tenant recorded of the same project",
      107,
      { sent: 100, accepted: 100, elsewhere: 7 },
      "agrees",
      0,
    ],
    ["with one more than that", 108, { sent: 100, accepted: 100, elsewhere: 7 }, "more_at_provider", 1],
    ["with more, and a session", 180, { sent: 100, accepted: 100, open: 1 }, "not_comparable", 0],
    ["with no more than was sent, and a session", 100, { sent: 100, accepted: 100, open: 1 }, "agrees", 0],
    ["with one less", 99, { sent: 100, accepted: 100 }, "fewer_at_provider", 0],
    ["with one less, and one at its end", 99, { sent: 100, accepted: 100, ownEdge: 1 }, "agrees", 0],
    [
      "with two less, and one at its end",
      98,
      { sent: 100, accepted: 100, ownEdge: 1 },
      "fewer_at_provider",
      0,
    ],
  ])("%s", (_, providerRequests, over, state, missing) => {
    expect(compareUsage(providerRequests, recorded(over))).toEqual({ state, missing });
  });

  /** A call, and how many requests the provider counts of it on the day. */
  const call = fc.oneof(
    fc.record({
      as: fc.constantFrom("sent", "ownEdge", "edge", "unnamed", "elsewhere" as const),
      counted: fc.constantFrom(0, 1),
    }),
    fc.record({ as: fc.constant("open" as const), counted: fc.nat({ max: 50 }) }),
  );
  const count = (calls: readonly { readonly as: string }[]) => {
    const of = (as: string) => calls.filter((each) => each.as === as).length;
    return recorded({
      sent: of("sent") + of("ownEdge"),
      ownEdge: of("ownEdge"),
      edge: of("edge"),
      unnamed: of("unnamed"),
      elsewhere: of("elsewhere"),
      open: of("open"),
    });
  };

  it("misses nothing that a recorded call may be", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const counted = calls.reduce((sum, each) => sum + each.counted, 0);
        expect(compareUsage(counted, count(calls)).missing).toBe(0);
      }),
    );
  });

  it("misses every request that was not recorded, where each recorded call is one and was counted", () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), fc.integer({ min: 1, max: 99 }), (sent, past) => {
        expect(compareUsage(sent + past, recorded({ sent, accepted: sent }))).toEqual({
          state: "more_at_provider",
          missing: past,
        });
      }),
    );
  });

  it("misses no more for a call that is recorded in addition, and no less for a request that is counted in addition", () => {
    const counts = fc.record({
      sent: fc.nat({ max: 50 }),
      accepted: fc.nat({ max: 50 }),
      reported: fc.nat({ max: 50 }),
      edge: fc.nat({ max: 50 }),
      ownEdge: fc.nat({ max: 50 }),
      unnamed: fc.nat({ max: 50 }),
      elsewhere: fc.nat({ max: 50 }),
      open: fc.constantFrom(0, 0, 0, 3),
    });
    const names = fc.constantFrom(...(Object.keys(nothingRecorded) as (keyof RecordedUsage)[]));
    fc.assert(
      fc.property(fc.nat({ max: 300 }), counts, names, (requests, before, name) => {
        const { missing } = compareUsage(requests, before);
        expect(compareUsage(requests, { ...before, [name]: before[name] + 1 }).missing).toBeLessThanOrEqual(
          missing,
        );
        expect(compareUsage(requests + 1, before).missing).toBeGreaterThanOrEqual(missing);
      }),
    );
  });
});
