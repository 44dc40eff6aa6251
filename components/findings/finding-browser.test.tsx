import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { FindingPage } from "../../lib/contracts/findings.ts";
import { FindingBrowser } from "./finding-browser.tsx";
import { sampleFinding } from "./testing/sample-finding.ts";

const page: FindingPage = {
  items: [
    sampleFinding({ id: "f1", severity: "critical", cause: "host_lookalike" }),
    sampleFinding({ id: "f2", severity: "high", cause: "host_lookalike" }),
  ],
  nextCursor: "c1",
  counts: { open: 120, acknowledged: 0, investigating: 0, resolved: 0, accepted: 0 },
  choices: {
    causes: ["host_lookalike", "host_out_of_region"],
    applications: ["Analyst notebooks", "Mobile app"],
    owners: ["Retail team", "none"],
  },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("offers what other cases have too, and counts what it lists no further than it is known", async () => {
  vi.stubGlobal("fetch", async () => Response.json(page));
  render(
    <NuqsTestingAdapter searchParams="?cause=host_lookalike">
      <QueryClientProvider client={createQueryClient()}>
        <FindingBrowser />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
  const critical = await screen.findByRole("region", { name: "Critical" });
  expect(critical.textContent).toMatch(/1 finding(?! listed)/);
  expect(screen.getByRole("region", { name: "High" }).textContent).toContain("1 finding listed");
  const optionsOf = (name: string) =>
    within(screen.getByRole("combobox", { name }))
      .getAllByRole("option")
      .map(({ textContent }) => textContent);
  expect(optionsOf("Cause")).toEqual([
    "Every cause",
    "Sent to a lookalike host",
    "Sent to a host outside policy",
  ]);
  expect(optionsOf("Application")).toEqual(["Every application", "Analyst notebooks", "Mobile app"]);
});
