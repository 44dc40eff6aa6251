import { beforeAll, describe, expect, it } from "vitest";
import { formatReport } from "../../core/reports/report.ts";
import { event, usageDay } from "../../core/reports/testing/tallied.ts";
import type { Block, Chapter } from "./block.ts";
import { integrityChapter } from "./chapters/closing.ts";
import { populationChapter } from "./chapters/population.ts";
import { bandsOf, resultsChapter } from "./chapters/results.ts";
import { listTable } from "./chapters/rows.ts";
import { systemChapter } from "./chapters/scope.ts";
import { transfersChapter } from "./chapters/transfers.ts";
import { renderReportPdf } from "./render-report-pdf.ts";
import { sampleReport } from "./testing/sample-report.ts";
import { countText, shareText } from "./words.ts";

const attached = (report = sampleReport()) => ({
  name: "report.json",
  description: "The figures of this report",
  type: "application/json",
  bytes: formatReport(report),
});

let pdf: string;

/** Drawn twice per report, on a machine that may be busy. */
const slow = 60_000;

beforeAll(async () => {
  pdf = Buffer.from(await renderReportPdf(sampleReport(), [attached()])).toString("latin1");
}, slow);

/** Names what is missed, and does not print a file. */
const holds = (what: RegExp): string => (what.test(pdf) ? "there" : `not there: ${what}`);

describe("a report as PDF", { timeout: slow }, () => {
  it("is the same, byte by byte, whenever it is made", async () => {
    expect(Buffer.from(await renderReportPdf(sampleReport(), [attached()])).toString("latin1") === pdf).toBe(
      true,
    );
  });

  it("is tagged, in a language, and shows its title", () => {
    expect(pdf.startsWith("%PDF-1.7")).toBe(true);
    for (const what of [/\/Marked true/, /\/StructTreeRoot/, /\/Lang \(en-GB\)/, /\/DisplayDocTitle true/])
      expect(holds(what)).toBe("there");
    for (const role of ["H1", "Table", "TH", "TD", "Figure", "Caption", "LI"])
      expect(holds(new RegExp(`/S /${role}\\b`))).toBe("there");
  });

  it("embeds each font it uses, and borrows none of the reader's", () => {
    const fonts = pdf.match(/\/Type \/FontDescriptor[\s\S]*?endobj/g) ?? [];
    expect(fonts.length).toBeGreaterThanOrEqual(3);
    for (const font of fonts) expect(font).toMatch(/\/FontFile2? |\/FontFile3 /);
    expect(holds(/\/BaseFont \/Helvetica/)).not.toBe("there");
  });

  it("carries report.json as it is", () => {
    expect(pdf.includes(Buffer.from(attached().bytes).toString("latin1"))).toBe(true);
    expect(holds(/\/AFRelationship \/Data/)).toBe("there");
  });

  it("says that it is simulated where it is, and only there", async () => {
    const simulated = Buffer.from(await renderReportPdf(sampleReport({ simulated: true }), []));
    expect(simulated.toString("latin1").match(/\/ca 0\.07/)?.length).toBe(1);
    expect(holds(/\/ca 0\.07/)).not.toBe("there");
  });

  it("claims no PDF/A", () => {
    expect(holds(/pdfaid/)).not.toBe("there");
  });

  it("holds a report of many rows, of which it prints the first and says so", async () => {
    const many = sampleReport({ calls: 40, leaks: 200 });
    const bytes = await renderReportPdf(many, []);
    expect(bytes.length).toBeGreaterThan(pdf.length - attached().bytes.length);
    expect(many.computed.deviations.count).toBe(200);
  });
});

describe("what is printed", () => {
  it("shows every band, also those of no call", () => {
    const { parts } = bandsOf(sampleReport());
    expect(parts.map(({ band, count }) => [band, count])).toEqual([
      ["in_region", 6],
      ["permitted", 0],
      ["unverifiable", 0],
      ["outside", 2],
      ["stopped", 0],
    ]);
  });

  it("names where each figure stands in report.json, and that place is there", () => {
    const report = sampleReport();
    for (const { blocks } of [resultsChapter(report), transfersChapter(report), integrityChapter(report)])
      for (const block of blocks)
        if ("pointer" in block) expect(at(report, block.pointer), block.pointer).toBeDefined();
  });

  it("says what a cut list leaves out, and never less than there is", () => {
    const table = listTable(
      { caption: "", pointer: "", columns: [{ title: "", share: 1 }], empty: "None." },
      { count: 1_234, rows: Array.from({ length: 1_000 }, (_, n) => n) },
      (n) => [String(n)],
    );
    expect(table.rows).toHaveLength(60);
    expect(table.note).toBe("The first 60 of 1\u00a0234 are printed; the entries of the pack have all.");
  });

  it("says which calls are older than the first policy, and what is found about the record itself", () => {
    const report = sampleReport();
    const labels = (chapter: Chapter) =>
      chapter.blocks.flatMap((block) =>
        block.kind === "facts" ? block.rows.map(({ label, value }) => `${label}: ${value}`) : [],
      );
    expect(labels(populationChapter(report))).toContain("Assessed retrospectively: 0");
    expect(labels(integrityChapter(report))).toContain("Full checks that found something: 0");
    const about = integrityChapter(report).blocks.find(
      (block) => block.kind === "table" && block.pointer === "/stated/record_findings",
    );
    expect(about).toMatchObject({
      rows: [["Record frozen", "critical", "resolved: provider fix", expect.stringContaining("2026"), "9"]],
    });
  });

  it("counts no request of a day that cannot be compared among those that the record accounts for", () => {
    const open = { providerRequests: 500, sent: 1, accepted: 1, open: 1, state: "not_comparable" };
    const headline = (...more: ReturnType<typeof usageDay>[]) =>
      JSON.stringify(populationChapter(sampleReport({ more })).blocks);
    expect(headline(usageDay("2026-11-20"), usageDay("2026-11-21", open))).toContain(
      "The record accounts for all of the 10 requests that the provider counted on the days that can be compared.",
    );
    expect(headline(usageDay("2026-11-21", open))).toContain(
      "The provider counted 500 requests, all on days that cannot be compared.",
    );
  });

  it("says what the provider itself counted, which day does not agree, and what it said of projects", () => {
    const eu = { kind: "processing", region: "eu", projectId: "proj_a", residency: "EU_STORAGE_PROCESSING" };
    const missing = { providerRequests: 1_043, sent: 1_040, state: "more_at_provider", missing: 3 };
    const report = sampleReport({
      more: [
        usageDay("2026-11-20", { ...missing, accepted: 1_040 }),
        usageDay("2026-11-22"),
        event("pin.read", "2026-11-22T10:00:00.000Z", eu, "019aab00-0000-7000-8000-0000000000c1"),
        event("project.stated", "2026-11-22T10:00:00.000Z", eu, "proj_a"),
      ],
    });
    const blocks = [...populationChapter(report).blocks, ...systemChapter(report).blocks];
    for (const block of blocks)
      if ("pointer" in block) expect(at(report, block.pointer), block.pointer).toBeDefined();
    const words = JSON.stringify(blocks);
    expect(words).toContain(
      "Of 1\u00a0053 requests that the provider counted on the days that can be compared, 3 are in no entry of the record",
    );
    expect(words).toContain("given by M. Roth on 1 Nov 2026");
    const tableOf = (pointer: string) =>
      blocks.find((block) => block.kind === "table" && block.pointer === pointer);
    expect(tableOf("/computed/provider_usage/differing")).toMatchObject({
      rows: [
        [
          "9",
          "20 Nov 2026",
          "proj_a",
          "Chat, responses and completions",
          "1\u00a0043",
          "1\u00a0040",
          "1\u00a0040",
          "0",
          "3 missing",
        ],
      ],
    });
    expect(tableOf("/computed/provider_usage/projects")).toMatchObject({
      rows: [["proj_a", "Chat, responses and completions", "1 of 1", "0", "10", "0", "10", "0"]],
    });
    expect(tableOf("/computed/pins/statements")).toMatchObject({
      rows: [
        [
          "11",
          expect.any(String),
          "Loan desk",
          "Processing and storage in EU",
          expect.stringContaining("EU_STORAGE"),
        ],
      ],
    });
    expect(tableOf("/computed/pins/projects")).toMatchObject({
      rows: [["12", expect.any(String), "proj_a", "EU_STORAGE_PROCESSING", "not stated"]],
    });
  });

  it("says that nothing was compared where nothing was, and why", () => {
    const { stated, ...report } = sampleReport();
    const none = "No admin key was given.";
    const { blocks } = populationChapter({
      ...report,
      stated: { ...stated, reconciliation: { not_covered: none } },
    });
    expect(blocks.filter(({ kind }) => kind === "notice")).toMatchObject([
      { text: "No day was held against the provider's own count." },
      { text: none },
    ]);
  });

  it("says what is missing in the register of transfers", () => {
    const notices = transfersChapter(sampleReport()).blocks.filter(
      (block): block is Extract<Block, { kind: "notice" }> => block.kind === "notice",
    );
    expect(notices.map(({ title }) => title)).toEqual(["Missing", "Not covered"]);
  });

  it.each([
    [0, 0, "–"],
    [0, 10, "0\u00a0%"],
    [1, 100_000, "<\u00a00.1\u00a0%"],
    [99_999, 100_000, "99.9\u00a0%"],
    [10, 10, "100\u00a0%"],
  ])("%i of %i is %s", (part, total, text) => {
    expect(shareText(part, total)).toBe(text);
  });

  it("writes sums that no number holds", () => {
    expect(countText("123456789012345678901")).toBe(
      "123\u00a0456\u00a0789\u00a0012\u00a0345\u00a0678\u00a0901",
    );
  });
});

/** RFC 6901, with `*` for any member of a list. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, name) => {
      if (name === "*") return Array.isArray(inner) ? inner[0] : undefined;
      return typeof inner === "object" && inner !== null
        ? (inner as Record<string, unknown>)[name]
        : undefined;
    }, value);
}
