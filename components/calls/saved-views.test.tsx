import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import { callFilters, readCallState } from "../../lib/contracts/call-parsers.ts";
import type { CallView } from "../../lib/contracts/call-views.ts";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { TenantsProvider } from "../layout/tenants.tsx";
import { SavedViews } from "./saved-views.tsx";

const view: CallView = {
  id: "01a20430-0000-7000-8000-000000000001",
  tenant: "bank",
  name: "Leaks",
  shared: true,
  query: "verdict=violation",
  savedBy: "Olga",
  savedAt: "2026-11-22T16:00:00.000Z",
  mine: false,
  mayChange: false,
};
const tenant = { slug: "bank", name: "Nordbank", role: "auditor" } as TenantSummary;

let sent: { method: string; path: string; body: unknown }[];
let answer: (method: string) => Response;

beforeEach(() => {
  sent = [];
  answer = (method) =>
    method === "GET" ? Response.json([view]) : Response.json({ id: "x" }, { status: 201 });
  vi.stubGlobal("fetch", async (path: string, { method, body }: { method: string; body?: string }) => {
    sent.push({ method, path, body: body === undefined ? null : JSON.parse(body) });
    return answer(method);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(search: Record<string, string>) {
  const state = await readCallState(Promise.resolve(search));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <TenantsProvider tenants={[tenant]}>
        <SavedViews filters={callFilters(state)} state={state} />
      </TenantsProvider>
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Saved views" }));
  return { user, dialog: screen.getByRole("dialog") };
}

describe("saved views", () => {
  it("are opened by their address, and named where they show what is on the screen", async () => {
    const { dialog } = await open({ verdict: "violation" });
    const link = await within(dialog).findByRole("link", { name: "Leaks" });
    expect(link.getAttribute("href")).toBe("/calls?verdict=violation");
    expect(link.getAttribute("aria-current")).toBe("page");
    expect(dialog.textContent).toContain("by Olga");
    expect(within(dialog).queryByRole("button", { name: "Delete Leaks" })).toBeNull();
  });

  it("keep exactly the filters on the screen, for oneself where sharing is not one's right", async () => {
    const { dialog, user } = await open({ host: "api.openai.com", range: "24h" });
    expect(dialog.textContent).toContain("The last 24 hours before it is opened");
    expect(
      within(dialog).getByRole<HTMLOptionElement>("option", { name: "Everybody of Nordbank" }).disabled,
    ).toBe(true);
    await user.click(within(dialog).getByRole("button", { name: "Save view" }));
    expect(within(dialog).getByRole("alert").textContent).toBe("A view needs a name.");
    await user.type(within(dialog).getByLabelText("Name"), "Global");
    await user.click(within(dialog).getByRole("button", { name: "Save view" }));
    expect(sent.find(({ method }) => method === "POST")).toMatchObject({
      path: "/api/calls/views",
      body: {
        tenant: "bank",
        name: "Global",
        shared: false,
        search: { range: "24h", host: ["api.openai.com"], verdict: [] },
      },
    });
  });

  it("say that none was saved, and why they could not be read", async () => {
    answer = () => Response.json([]);
    const { dialog } = await open({});
    expect(await within(dialog).findByText("No view has been saved yet.")).toBeTruthy();
    cleanup();
    const detail = "The database is away.";
    answer = () =>
      Response.json(
        { type: "about:blank", title: "x", status: 403, code: "forbidden", detail },
        { status: 403, headers: { "content-type": "application/problem+json" } },
      );
    const again = await open({});
    expect(await within(again.dialog).findByText(detail)).toBeTruthy();
  });
});
