import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Overview } from "../../lib/contracts/overview.ts";
import { OverviewSentence } from "./overview-sentence.tsx";

const none = { in_region: 0, permitted: 0, unverifiable: 0, outside: 0, stopped: 0 };

const overview: Overview = {
  window: {
    from: "2026-11-15T00:00:00.000Z",
    to: "2026-11-22T00:00:00.000Z",
    coverage: "complete",
    asked: null,
  },
  compared: { from: "2026-11-15T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z", bands: none, calls: 0 },
  comparable: true,
  previous: { from: "2026-11-08T00:00:00.000Z", to: "2026-11-15T00:00:00.000Z", bands: none, calls: 0 },
  hasCalls: true,
  calls: 1000,
  notApplicable: 0,
  bands: { ...none, in_region: 993, permitted: 7 },
  step: "hour",
  points: [],
  regions: [],
  newestFlags: [],
  openFindings: [],
  openFindingCount: 0,
  applications: [],
  simulated: false,
  callsWithoutEnd: 0,
  coverage: null,
};

function said(changes: Partial<Overview>, isNarrowed = false): string {
  const { container } = render(
    <OverviewSentence isNarrowed={isNarrowed} overview={{ ...overview, ...changes }} />,
  );
  return (container.textContent ?? "").replaceAll("\u202f", " ");
}

afterEach(cleanup);

describe("the overview's answer", () => {
  it("says of what there was no call", () => {
    const empty = { calls: 0, bands: none };
    expect(said(empty)).toContain("No call was recorded between");
    expect(said(empty, true)).toContain("No call of these filters was recorded between");
  });

  it("names window and coverage where nothing went outside, and praises nobody", () => {
    const words = said({});
    expect(words).toContain(
      "No recorded call went outside policy between 15 Nov 2026 00:00 UTC and 22 Nov 2026 00:00 UTC.",
    );
    expect(words).toContain("coverage complete");
    expect(words).not.toMatch(/good|safe|compliant|all clear/i);
  });

  it("says one call that went outside, however many did not", () => {
    const words = said({ calls: 1_000_000, bands: { ...none, in_region: 999_999, outside: 1 } });
    expect(words).toContain("1 recorded call went outside policy between");
    expect(words).toContain("99.9 % in region");
  });

  it("never counts permitted calls into the region", () => {
    expect(said({ bands: { ...none, permitted: 1000 } })).toContain("0 % in region");
  });

  it("adds what could not be verified to either answer", () => {
    expect(said({ bands: { ...none, in_region: 998, unverifiable: 2 } })).toContain(
      "2 calls could not be verified.",
    );
  });

  it("claims nothing about policy where nothing was recorded", () => {
    const words = said({ calls: 0, bands: none });
    expect(words).toContain("No call was recorded between");
    expect(words).not.toContain("policy");
  });

  it("says that retention has deleted a part, and how many calls have no end", () => {
    const words = said({ window: { ...overview.window, coverage: "retained_only" }, callsWithoutEnd: 3 });
    expect(words).toContain("part of the range was deleted by retention");
    expect(words).toContain("3 calls without a recorded end");
    expect(words).not.toContain("coverage complete");
  });

  it("marks the bad news by an icon and words, not by colour alone", () => {
    said({ bands: { ...none, outside: 5 } });
    const words = screen.getByText(/recorded calls went outside policy/);
    expect(words.querySelector("svg")).not.toBeNull();
  });
});
