import { describe, expect, it } from "vitest";
import { checkReport } from "../core/intake/check-report.ts";
import { readRecord } from "../services/intake/read-record.ts";
import { reportDigest } from "../services/intake/report-digest.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import { readPlain } from "./read-plain.ts";
import { type Item, type ItemForm, splitItems } from "./split-items.ts";
import { encoded, nativeBody, randomOf } from "./testing/native-bodies.ts";

describe("100,000 malformed or truncated bodies", () => {
  it("end as a refusal with a code or as records that are sound, and crash nothing", {
    timeout: 300_000,
  }, () => {
    const random = randomOf(20_261_128);
    const seen = { refused: 0, unreadable: 0, invalid: 0, sound: 0, outside: 0 };
    const now = Date.parse("2026-11-28T10:05:00.000Z");
    const began = { startedAt: "2026-11-28T10:00:00.000Z", endedAt: "2026-11-28T10:00:01+01:00" };
    for (let i = 0; i < 100_000; i++) {
      const [body, encoding] = encoded(nativeBody(random, began), random);
      const form: ItemForm = random(2) === 0 ? "json" : "ndjson";
      let items: Item[];
      try {
        items = [...splitItems(readPlain(body, encoding), form)];
      } catch (error) {
        if (!(error instanceof IntakeRefusal)) throw error;
        seen.refused += 1;
        continue;
      }
      for (const item of items) {
        if ("problem" in item) {
          seen.unreadable += 1;
          continue;
        }
        const read = readRecord(item.value);
        if ("error" in read) {
          expect(read.error.message.length).toBeLessThanOrEqual(200);
          seen.invalid += 1;
          continue;
        }
        const { report } = read;
        const { startedAt, endedAt } = report;
        const times = {
          startedAt: Date.parse(startedAt),
          endedAt: endedAt === null ? null : Date.parse(endedAt),
        };
        const { digest } = reportDigest("t", report);
        expect(digest).toHaveLength(33);
        seen[checkReport(report, times, now) === null ? "sound" : "outside"] += 1;
      }
    }
    // Each way out was taken, so that none of them is only believed to be there.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
  });
});
