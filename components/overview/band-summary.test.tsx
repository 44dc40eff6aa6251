import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { BandCounts, Overview } from "../../lib/contracts/overview.ts";
import { BandSummary } from "./band-summary.tsx";

afterEach(cleanup);

const bands = (outside: number): BandCounts => ({
  in_region: 10,
  permitted: 0,
  unverifiable: 0,
  outside,
  stopped: 0,
});
const overview: Overview = {
  window: {
    from: "2026-11-10T00:00:00.000Z",
    to: "2026-11-21T00:00:00.000Z",
    coverage: "complete",
    asked: { from: "2026-11-10T13:37:00.000Z", to: "2026-11-20T07:11:00.000Z" },
  },
  compared: {
    from: "2026-11-10T00:00:00.000Z",
    to: "2026-11-20T00:00:00.000Z",
    bands: bands(185),
    calls: 195,
  },
  previous: { from: "2026-10-31T00:00:00.000Z", to: "2026-11-10T00:00:00.000Z", bands: bands(0), calls: 10 },
  comparable: true,
  hasCalls: true,
  calls: 211,
  notApplicable: 0,
  bands: bands(201),
  step: "day",
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
const state = {
  tenant: "bank",
  range: "7d" as const,
  from: "2026-11-10T13:37:00Z",
  to: "2026-11-20T07:11:00Z",
  application: ["loans"],
};
const outside = () => screen.getByRole("link", { name: /^Outside policy/ });

it("leads to exactly the calls that are counted, of the same application", () => {
  render(<BandSummary overview={overview} state={state} />);
  expect(outside().getAttribute("href")).toBe(
    "/calls?tenant=bank&from=2026-11-10T00:00:00.000Z&to=2026-11-21T00:00:00.000Z&band=outside&application=loans",
  );
});

it("tells a difference of figures that are both to be read", () => {
  render(<BandSummary overview={overview} state={state} />);
  expect(outside().textContent).toContain("201");
  expect(outside().textContent).toContain("185 in whole UTC days: +185 against 0");
});

it("compares with nothing that begins before the record", () => {
  render(<BandSummary overview={{ ...overview, comparable: false }} state={state} />);
  expect(outside().textContent).not.toContain("against");
  expect(
    screen.getByText(/^Nothing to compare with: .* begins before the first recorded call$/),
  ).toBeDefined();
});
