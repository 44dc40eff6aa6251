import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { FindingDetail } from "../../lib/contracts/findings.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { sampleAnalysis } from "../../lib/testing/sample-analysis.ts";
import { sampleCall, samplePage } from "../calls/testing/sample-call.ts";
import { TenantsProvider } from "../layout/tenants.tsx";
import { FindingPage } from "./finding-page.tsx";
import { sampleFinding } from "./testing/sample-finding.ts";

type Change = { path: string; body: unknown };

let changes: Change[];
let afterChange: () => Response;
let finding: FindingDetail;

beforeEach(() => {
  changes = [];
  finding = sampleFinding();
  afterChange = () =>
    Response.json(
      sampleFinding({
        state: "resolved",
        resolution: "config_fix",
        history: [
          ...sampleFinding().history,
          {
            at: "2026-11-22T10:00:00.000Z",
            actor: "Mia Okafor",
            kind: "resolved",
            note: "Set OPENAI_BASE_URL to the regional host.",
            resolution: "config_fix",
            daysClean: null,
            audience: "everybody",
          },
        ],
      }),
    );
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (init?.method === "POST") {
      changes.push({ path, body: JSON.parse(String(init.body)) });
      return afterChange();
    }
    if (path.startsWith("/api/calls")) return Response.json(samplePage([sampleCall()]));
    return Response.json(finding);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(role: string) {
  const tenant: TenantSummary = {
    id: "0192",
    slug: "nordbank-apps",
    name: "Nordbank Apps",
    mode: "simulated",
    homeRegion: "eu",
    preset: "eea_ch",
    enforcement: "observe",
    role,
    createdAt: "2026-09-01T00:00:00.000Z",
  };
  render(
    <QueryClientProvider client={createQueryClient()}>
      <TenantsProvider tenants={[tenant]}>
        <FindingPage id={sampleFinding().id} />
      </TenantsProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const button = (name: string) => screen.findByRole("button", { name });

describe("a finding", () => {
  it("says what it means, what to do, by which rule, and leads to its calls", async () => {
    open("officer");
    await screen.findByText(/Content was sent to an OpenAI host/);
    expect(screen.getByText(/Set the client's base URL/)).toBeDefined();
    expect(screen.getByText(/The tenant's policy in force when the call began/)).toBeDefined();
    const link = screen.getByRole("link", { name: "Show the affected calls" });
    expect(link.getAttribute("href")).toBe(`/calls?${sampleFinding().callsQuery}`);
    const call = await screen.findByRole("link", { name: /20 Nov|22 Nov 2026 16:56:47 UTC/ });
    expect(call.getAttribute("href")).toContain(`call=${sampleCall().id}`);
  });

  it("leads to calls that belong to it only by an end that came late, which the list does not show", async () => {
    const late = {
      id: "01a204c3-0000-74a4-8061-89a1cdf4f4cb",
      startedAt: "2026-11-18T09:00:00.000Z",
      receivedAt: "2026-11-18T09:12:00.000Z",
      verdict: "violation" as const,
    };
    finding = sampleFinding({ lateCalls: [late] });
    open("officer");
    const link = await screen.findByRole("link", { name: /18 Nov/ });
    expect(link.getAttribute("href")).toContain(`call=${late.id}`);
    expect(link.closest("li")?.textContent).toContain("Outside policy");
    expect(screen.getByText(/by the end that came later they belong to this case/)).toBeDefined();
  });

  it("shows an auditor the controls, disabled, with the reason", async () => {
    open("auditor");
    const resolve = await button("Resolve");
    expect(resolve.hasAttribute("disabled")).toBe(true);
    expect((await button("Acknowledge")).hasAttribute("disabled")).toBe(true);
    const reason = document.getElementById(resolve.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe(
      "You are an auditor in this tenant. Findings are worked on by officers and admins.",
    );
  });

  it("is acknowledged with one click", async () => {
    afterChange = () => Response.json(sampleFinding({ state: "acknowledged" }));
    const user = open("officer");
    await user.click(await button("Acknowledge"));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Acknowledge" })).toBeNull());
    expect(changes).toEqual([{ path: `/api/findings/${sampleFinding().id}/acknowledge`, body: {} }]);
  });

  it("is not resolved without saying how, what was done, what caused it and what keeps it from coming again", async () => {
    const user = open("officer");
    await user.click(await button("Resolve"));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(dialog.getByLabelText("What was done"), "fixed");
    await user.click(dialog.getByRole("button", { name: "Resolve finding" }));
    expect(dialog.getAllByRole("alert").map((alert) => alert.textContent)).toEqual([
      "Choose how it was resolved.",
      "Say what was done, in at least 10 characters.",
      "Choose what caused it.",
      "Say how it came about, in at least 10 characters.",
      "Say what keeps it from coming again, in at least 10 characters.",
      "Name who carries it out.",
      "Choose a day.",
    ]);
    expect(changes).toEqual([]);
  });

  it("is resolved with a resolution, a note and its analysis, and shows what the server then says", async () => {
    const user = open("officer");
    await user.click(await button("Resolve"));
    const dialog = within(await screen.findByRole("dialog"));
    const fixed = { name: "Configuration fixed", description: /^A key, base URL, pin or policy/ };
    await user.click(dialog.getByRole("radio", fixed));
    await user.type(dialog.getByLabelText("What was done"), "Set OPENAI_BASE_URL to the regional host.");
    const analysis = sampleAnalysis();
    await user.selectOptions(dialog.getByLabelText("Root cause"), analysis.rootCause);
    await user.type(dialog.getByLabelText("How it came about"), analysis.explanation);
    await user.type(dialog.getByLabelText("Corrective action"), analysis.action);
    await user.type(dialog.getByLabelText("Carried out by"), analysis.actionOwner);
    await user.type(dialog.getByLabelText("By the end of (UTC)"), analysis.actionDueAt.slice(0, 10));
    await user.click(dialog.getByRole("button", { name: "Resolve finding" }));
    await screen.findByText(/Mia Okafor/);
    const note = "Set OPENAI_BASE_URL to the regional host.";
    expect(changes).toEqual([
      {
        path: `/api/findings/${sampleFinding().id}/resolve`,
        body: { resolution: "config_fix", note, analysis, checkDueAt: null },
      },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("that was analysed before is resolved without stating it again", async () => {
    finding = sampleFinding({
      analysis: { ...sampleAnalysis(), version: 1, by: "Mia Okafor", at: "2026-11-21T10:00:00.000Z" },
    });
    const user = open("officer");
    await user.click(await button("Resolve"));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: /Traffic fixed/ }));
    await user.type(dialog.getByLabelText("What was done"), "The job was switched off.");
    await user.click(dialog.getByRole("button", { name: "Resolve finding" }));
    await waitFor(() => expect(changes).toHaveLength(1));
    expect(changes[0]?.body).toMatchObject({ resolution: "traffic_fix", analysis: null });
  });

  it("that is resolved says for how long it is clean, and is checked on its day", async () => {
    finding = sampleFinding({
      state: "resolved",
      resolution: "config_fix",
      clean: { since: "2026-10-01T10:00:00.000Z", days: 31 },
      check: { dueAt: "2026-10-31T10:00:00.000Z", isDue: true, checked: null },
    });
    const user = open("officer");
    await user.click(await button("Check"));
    expect(screen.getAllByText("Clean for 31 days").length).toBeGreaterThan(0);
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "State" }));
    expect(dialog.getAllByRole("alert").map((alert) => alert.textContent)).toEqual([
      "Choose whether it came again.",
      "Say what was looked at, in at least 10 characters.",
    ]);
    await user.click(dialog.getByRole("radio", { name: /It did not come again/ }));
    await user.type(dialog.getByLabelText("What was looked at"), "The calls of the month.");
    await user.click(dialog.getByRole("button", { name: "State" }));
    await waitFor(() => expect(changes).toHaveLength(1));
    expect(changes[0]).toEqual({
      path: `/api/findings/${finding.id}/check`,
      body: { outcome: "effective", note: "The calls of the month." },
    });
  });

  it.each([
    ["officer", "Comment", true],
    ["auditor", "Comment or question", false],
  ])(
    "is commented by an %s, who may keep it from auditors where he is none",
    async (role, label, confides) => {
      const user = open(role);
      await user.type(await screen.findByLabelText(label), "Why was it one laptop?");
      const confide = screen.queryByRole("checkbox", { name: "Not for auditors" });
      expect(confide !== null).toBe(confides);
      if (confide) await user.click(confide);
      await user.click(await button("Add comment"));
      await waitFor(() => expect(changes).toHaveLength(1));
      expect(changes[0]?.body).toEqual({
        note: "Why was it one laptop?",
        audience: confides ? "not_auditors" : "everybody",
      });
    },
  );

  it("is commented by no developer", async () => {
    open("developer");
    await screen.findByText(/Content was sent to an OpenAI host/);
    expect(screen.queryByRole("button", { name: "Add comment" })).toBeNull();
  });

  it("stays as it is when the server refuses, and says why", async () => {
    afterChange = () =>
      Response.json(
        { code: "conflict", detail: "Somebody else has just changed this finding.", status: 409 },
        { status: 409, headers: { "content-type": "application/problem+json" } },
      );
    const user = open("officer");
    await user.click(await button("Resolve"));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("radio", { name: /Not a real case/ }));
    await user.type(dialog.getByLabelText("What was done"), "Test traffic of the platform team.");
    await user.click(dialog.getByRole("button", { name: "Resolve finding" }));
    expect((await dialog.findByRole("status")).textContent).toBe(
      "Somebody else has just changed this finding.",
    );
    expect(screen.getAllByText("Open").length).toBeGreaterThan(0);
  });
});
