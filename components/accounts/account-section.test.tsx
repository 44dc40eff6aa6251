import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "../../lib/client/query-client.ts";
import type { AccountList, AccountProject, AccountSummary } from "../../lib/contracts/accounts.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { sampleTenant } from "../tenants/testing/sample-tenant.ts";
import { AccountSection } from "./account-section.tsx";

const project: AccountProject = {
  projectId: "proj_1",
  name: "Loans",
  status: "active",
  residency: "EU_STORAGE_PROCESSING",
  retention: "organization_default",
  organizationRetention: "modified_abuse_monitoring",
  firstSeenAt: "2026-11-20T09:00:00.000Z",
  lastSeenAt: "2026-11-30T09:00:00.000Z",
  keys: ["Europe"],
};
const account: AccountSummary = {
  id: "01a20000-0000-7000-8000-00000000000a",
  label: "Bank AG",
  hint: "a1b2",
  addedBy: "Ann",
  createdAt: "2026-11-20T09:00:00.000Z",
  replaces: null,
  revokedAt: null,
  askedAt: null,
  lastReadAt: "2026-11-30T09:00:01.000Z",
  lastOutcome: "ok",
  failingSince: null,
  projects: [project],
};

let list: AccountList;
let answer: () => Response;
let sent: { path: string; body: Record<string, unknown> }[];

beforeEach(() => {
  list = { accounts: [account], keysWithoutProject: [], unknownProjects: [] };
  answer = () => Response.json(list);
  sent = [];
  vi.stubGlobal("fetch", async (path: string, init: { method?: string; body?: string } = {}) => {
    if (init.method === "POST") {
      sent.push({ path, body: JSON.parse(init.body ?? "{}") });
      return Response.json({ askedAt: "2026-11-30T10:00:00.000Z" });
    }
    if (path.startsWith("/api/accounts")) return answer();
    return new Response("{}", { status: 404 });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(over: Partial<TenantDetail> = {}) {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false } });
  render(
    <QueryClientProvider client={client}>
      <AccountSection tenant={sampleTenant(over)} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const text = () => document.body.textContent ?? "";

describe("an organization", () => {
  it("shows what OpenAI says in its words and in ours", async () => {
    show();
    expect(await screen.findByText("EU_STORAGE_PROCESSING")).toBeDefined();
    expect(text()).toContain("Processing and storage in Europe");
    expect(text()).toContain("Modified abuse monitoring, as the organization has it");
    expect(screen.queryByText("Simulated")).toBeNull();
    expect(screen.queryByText("Not readable")).toBeNull();
  });

  it.each<[Partial<AccountProject>, string]>([
    [{ residency: "GLOBAL" }, "Bound to no region"],
    [{ residency: "JP_STORAGE" }, "Storage only in Japan"],
    [{ residency: "MARS_STORAGE" }, "no pin follows"],
    [{ residency: null }, "Not said"],
    [{ retention: null }, "Not readable with this key"],
    [{ organizationRetention: null }, "which this key may not read"],
    [{ retention: "something_new" }, "something_new"],
    [{ lastSeenAt: "2026-11-29T09:00:00.000Z" }, "; last on"],
  ])("of which %j says %s", async (over, words) => {
    list = { ...list, accounts: [{ ...account, projects: [{ ...project, ...over }] }] };
    show();
    await screen.findByText("Loans");
    expect(text()).toContain(words);
  });

  it("that cannot be read says why and since when, and keeps showing what was read", async () => {
    const failing = { lastOutcome: "key_refused", failingSince: "2026-11-30T08:00:00.000Z" } as const;
    list = { ...list, accounts: [{ ...account, ...failing }] };
    show();
    expect(await screen.findByText("Not readable")).toBeDefined();
    expect(text()).toContain("OpenAI does not know this key.");
    expect(text()).toContain("No reading succeeded since");
    expect(text()).toContain("EU_STORAGE_PROCESSING");
  });

  it("is read when somebody wants it", async () => {
    const user = show();
    await user.click(await screen.findByRole("button", { name: "Read now: the organization Bank AG" }));
    expect(sent).toEqual([{ path: `/api/accounts/${account.id}/read`, body: { tenant: "nordbank" } }]);
  });

  it("names the keys of which nothing can be read", async () => {
    list = {
      ...list,
      keysWithoutProject: ["Old key"],
      unknownProjects: [{ projectId: "proj_9", keys: ["Strange"] }],
    };
    show();
    await screen.findByText("Loans");
    expect(text()).toContain("Nothing can be read for Old key");
    expect(text()).toContain("proj_9, named by Strange, is a project of none of these organizations.");
  });
});

describe("the section", () => {
  it("without an organization says what that means", async () => {
    list = { ...list, accounts: [], keysWithoutProject: ["Old key"] };
    show();
    expect(await screen.findByText("No organization yet")).toBeDefined();
    expect(text()).not.toContain("Old key");
  });

  it("says that it could not be loaded", async () => {
    answer = () => Response.json({ code: "internal", message: "Something failed." }, { status: 500 });
    show();
    expect(await screen.findByText("The organizations could not be loaded")).toBeDefined();
  });

  it("lets only an admin of the tenant change anything, and says so", async () => {
    show({ role: "officer" });
    for (const name of [/^Add admin key/, /^Read now/, /^Replace the/, /^Remove the/])
      expect(await screen.findByRole("button", { name })).toHaveProperty("disabled", true);
    expect(text()).toContain("Keeping provider keys takes an admin of the tenant. You are an officer here.");
  });

  it("sends no key that is missing, and says what is", async () => {
    const user = show();
    await user.click(await screen.findByRole("button", { name: "Add admin key" }));
    await user.click(screen.getAllByRole("button", { name: "Add admin key" }).at(-1) as HTMLElement);
    expect(await screen.findByText("Name the organization.")).toBeDefined();
    expect(text()).toContain("Paste the admin key.");
    expect(sent).toEqual([]);
  });
});
