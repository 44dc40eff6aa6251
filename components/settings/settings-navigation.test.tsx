import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { SimulatedBanner } from "../layout/simulated-banner.tsx";
import { TenantsProvider } from "../layout/tenants.tsx";
import { SettingsNavigation } from "./settings-navigation.tsx";

const at = vi.hoisted(() => ({ path: "", search: "" }));
vi.mock("next/navigation", () => ({
  usePathname: () => at.path,
  useSearchParams: () => new URLSearchParams(at.search),
}));

const shown: Element[] = [];
beforeEach(() => {
  shown.length = 0;
  // jsdom has no layout, and so nothing to scroll.
  Element.prototype.scrollIntoView = function () {
    shown.push(this);
  };
});
afterEach(cleanup);

const tenant = (slug: string, mode: "live" | "simulated", role = "admin") =>
  ({ slug, name: slug, mode, role }) as TenantSummary;

function open(path: string, search = "") {
  Object.assign(at, { path, search });
  render(
    <TenantsProvider
      tenants={[tenant("atlas", "simulated"), tenant("bank", "live"), tenant("shop", "live", "developer")]}
    >
      <SimulatedBanner />
      <SettingsNavigation />
    </TenantsProvider>,
  );
}

const hrefOf = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

it("shows the page that the reader is on, also where not all are to be seen", () => {
  open("/settings/trail/bank");
  const trail = screen.getByRole("link", { current: "page" });
  expect(trail.textContent).toBe("Audit trail");
  expect(shown).toEqual([trail]);
});

it("stays with the tenant from part to part", () => {
  open("/settings/policies/bank/edit");
  expect(hrefOf("Alerts")).toBe("/settings/alerts/bank");
  expect(hrefOf("People")).toBe("/settings/people/bank");
  expect(hrefOf("Tenants")).toBe("/settings/tenants?tenant=bank");
  expect(hrefOf("Prices")).toBe("/settings/prices?tenant=bank");
  cleanup();
  open("/settings/prices", "tenant=bank");
  expect(hrefOf("Register")).toBe("/settings/register/bank");
  cleanup();
  open("/settings/tenants/new");
  expect(hrefOf("Register")).toBe("/settings/register");
});

it("does not lead to a page of the tenant that its reader may not see", () => {
  open("/settings/tenants/shop");
  expect(hrefOf("Audit trail")).toBe("/settings/trail");
});

it("marks as simulated what the page is about, not the tenants beside it", () => {
  open("/settings/people/bank");
  expect(screen.queryByRole("region", { name: "Simulated data" })).toBeNull();
  cleanup();
  open("/settings/people/atlas");
  screen.getByText("These calls went to a simulated provider, never to OpenAI.");
  cleanup();
  open("/settings/tenants", "tenant=bank");
  screen.getByText("atlas: simulated. Their calls never went to OpenAI.");
});
