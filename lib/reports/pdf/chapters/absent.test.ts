import { describe, expect, it } from "vitest";
import type { Report } from "../../../core/reports/report.ts";
import { sampleReport } from "../testing/sample-report.ts";
import { controlsChapter, deviationsChapter } from "./outcome.ts";
import { transfersChapter } from "./transfers.ts";

/** The sample with nothing found in it, as it is printed where so many entries have expired. */
function words(pruned: number): string {
  const { computed, ...report } = sampleReport();
  const none = { count: 0, rows: [] };
  const { population } = computed;
  const found: Report = {
    ...report,
    computed: {
      ...computed,
      transfers: none,
      dora: none,
      deviations: none,
      late_deviations: none,
      population: { ...population, absent: { ...population.absent, pruned } },
    },
  };
  const chapters = [controlsChapter(found), deviationsChapter(found), transfersChapter(found)];
  return JSON.stringify(chapters);
}

describe("a report over a range of which entries are not here", () => {
  it("2.17 row 17: says none of what is here, never none at all", () => {
    const hint = "That is said of the entries that are here; 5 are not, and may say otherwise.";
    expect(words(5).split(hint)).toHaveLength(6);
    expect(words(0)).not.toContain("may say otherwise");
    expect(words(0)).toContain("No flow left the European Economic Area among the calls of this report.");
  });
});
