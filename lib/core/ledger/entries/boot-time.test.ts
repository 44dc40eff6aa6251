import fc from "fast-check";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { isBootOlder } from "./boot-time.ts";

it("knows from a boot's id alone whether it began before an instant, whatever the calendar does", () => {
  const instants = fc.integer({ min: 0, max: Date.UTC(2400, 0, 1) });
  fc.assert(
    fc.property(instants, (ms) => {
      const at = new Date(ms).toISOString();
      expect(isBootOlder(v7({ msecs: ms + 59_999 }), at)).toBe(true);
      expect(isBootOlder(v7({ msecs: ms + 60_000 }), at)).toBe(false);
    }),
    {
      examples: [[Date.UTC(2024, 1, 29)], [Date.UTC(2100, 1, 28)], [Date.UTC(2000, 11, 31, 23, 59, 59, 999)]],
    },
  );
});

it("takes a boot without a time in its id for older than anything", () => {
  expect(isBootOlder("gateway-1", "1970-01-01T00:00:00.000Z")).toBe(true);
});
