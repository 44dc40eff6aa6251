import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { CoverageTenant, CoverageTotal, UsageCoverage } from "../../lib/contracts/coverage.ts";
import type { OverviewCoverage } from "../../lib/contracts/overview.ts";
import { CoverageNote } from "../overview/coverage-note.tsx";
import { CoverageSentence } from "./coverage-sentence.tsx";

afterEach(cleanup);

const bank: CoverageTenant = {
  tenant: "bank",
  simulated: false,
  account: "reading",
  failingSince: null,
  keysWithoutProject: 0,
  projects: [],
};
const nothing: CoverageTotal = {
  settledDays: 0,
  settledRequests: 0,
  missing: 0,
  notComparable: 0,
  fewer: 0,
  provisionalDays: 0,
  batchRequests: 0,
};

function said(total: Partial<CoverageTotal>, tenant: Partial<CoverageTenant> = {}): string {
  const coverage: UsageCoverage = {
    window: { from: "2026-11-14", to: "2026-11-28" },
    total: { ...nothing, ...total },
    points: [],
    rows: [],
    rowsLeftOff: 0,
    tenants: [{ ...bank, ...tenant }],
  };
  return textOf(<CoverageSentence coverage={coverage} />);
}

function textOf(node: React.ReactNode): string {
  return (render(node).container.textContent ?? "").replaceAll("\u202f", " ");
}

describe("the days beside OpenAI's figures", () => {
  it("are said with what is missing, and with what was not compared", () => {
    const words = said({
      ...{ settledDays: 14, settledRequests: 12_402, missing: 3, notComparable: 1, fewer: 2 },
      ...{ provisionalDays: 2, batchRequests: 340 },
    });
    expect(words).toContain(
      "Of 12 402 requests that OpenAI counted in 14 settled days, the record can account for all but 3.",
    );
    expect(words).toContain("14 Nov 2026 – 27 Nov 2026 UTC");
    expect(words).toContain("2 days provisional");
    expect(words).toContain("1 row not comparable");
    expect(words).toContain("2 rows of which OpenAI counted fewer");
    expect(words).toContain("340 requests of batches not compared");
  });

  it("praise nobody where nothing is missing, and promise nothing where nothing was compared", () => {
    expect(said({ settledDays: 1, settledRequests: 1 })).toContain(
      "The record accounts for the one request that OpenAI counted in 1 settled day.",
    );
    expect(said({ provisionalDays: 2 })).toContain("No day of this range is settled yet");
    expect(said({})).toContain("No day of this range was compared with OpenAI's figures.");
    expect(said({}, { account: "none" })).toContain("Nothing is compared: nobody gave the admin key");
    expect(said({ settledDays: 3 })).toContain(
      "OpenAI counted no request that can be compared in 3 settled days.",
    );
  });

  it("say where the figures themselves are simulated", () => {
    expect(said({ settledDays: 1 }, { simulated: true })).toContain("simulated");
    expect(said({ settledDays: 1 })).not.toContain("simulated");
  });
});

describe("the overview's line about them", () => {
  const coverage: OverviewCoverage = {
    ...{ days: 14, missing: 0, notComparable: 0, newest: null },
    ...{ from: "2026-11-12", to: "2026-11-26" },
  };

  it("names the newest day and project of which requests are missing", () => {
    const newest = { tenant: "bank", project: "Retail", day: "2026-11-24" };
    expect(textOf(<CoverageNote coverage={{ ...coverage, missing: 3, newest }} tenant={null} />)).toContain(
      "OpenAI counted at least 3 requests that the record does not hold (bank: Retail, 24 Nov 2026), last 14 settled days.",
    );
  });

  it("says of nothing that can not be compared that it is accounted for", () => {
    expect(textOf(<CoverageNote coverage={{ ...coverage, notComparable: 2 }} tenant="bank" />)).toContain(
      "every request that can be compared is accounted for, last 14 settled days, 2 figures not comparable.",
    );
  });
});
