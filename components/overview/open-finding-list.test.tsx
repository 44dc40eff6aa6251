import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { FindingListItem } from "../../lib/contracts/findings.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import type { OverviewState } from "../../lib/contracts/overview-parsers.ts";
import { OpenFindingList } from "./open-finding-list.tsx";

const finding: FindingListItem = {
  id: "0192f0c0-0000-7000-8000-000000000001",
  tenant: "nordbank-eu",
  cause: "host_out_of_region",
  title: "Sent to a host outside policy: api.openai.com, from loan-desk",
  severity: "high",
  state: "open",
  host: "api.openai.com",
  model: "gpt-4o-2024-08-06",
  application: "loan-desk",
  projectId: null,
  environment: "production",
  dataCategory: "personal",
  owner: null,
  assignee: null,
  dueAt: null,
  exception: null,
  basis: "observed",
  firstSeenAt: "2026-11-20T10:00:00.000Z",
  lastSeenAt: "2026-11-20T10:00:00.000Z",
  calls: 3,
  simulated: false,
};

function show(openFindings: readonly FindingListItem[]) {
  const overview = { openFindings, openFindingCount: openFindings.length } as unknown as Overview;
  const state: OverviewState = { tenant: null, range: "7d", from: null, to: null, application: [] };
  render(<OpenFindingList overview={overview} state={state} />);
}

afterEach(cleanup);

describe("the open findings of the overview", () => {
  it("tell two cases apart that differ in their model only", () => {
    show([finding, { ...finding, id: "0192f0c0-0000-7000-8000-000000000002", model: "o3" }]);
    const rows = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(rows[0]).toContain("gpt-4o-2024-08-06");
    expect(rows[1]).toContain("o3");
    expect(rows[0]).not.toBe(rows[1]);
  });

  it("say nothing of a model where the case has none", () => {
    show([{ ...finding, model: null }]);
    expect(screen.getByRole("listitem").textContent).toContain("3 calls · loan-desk · nordbank-eu");
  });
});
