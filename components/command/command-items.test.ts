import { expect, it } from "vitest";
import type { TenantSummary } from "../../lib/contracts/tenants.ts";
import { commandItems, matchingItems } from "./command-items.ts";

function tenant(slug: string, role: string): TenantSummary {
  return {
    id: slug,
    slug,
    name: slug === "bank" ? "The Bank" : "The Shop",
    mode: "live",
    homeRegion: "eu",
    preset: "eea_ch",
    enforcement: "block",
    role,
    createdAt: "2026-09-01T00:00:00.000Z",
  };
}

const items = commandItems(
  [tenant("bank", "admin"), tenant("shop", "developer")],
  new URLSearchParams("tenant=bank&range=30d&call=x"),
);
const found = (typed: string) => matchingItems(items, typed).map(({ href }) => href);

it("offers the pages before anything is typed, with what they share", () => {
  expect(found("")).toContain("/calls?tenant=bank&range=30d");
  expect(found("").every((href) => !href.startsWith("/settings"))).toBe(true);
});

it("finds by every word, in any order, of the page or of whose it is", () => {
  expect(found("bank trail")).toEqual(["/settings/trail/bank"]);
  expect(found("trail BANK")).toEqual(["/settings/trail/bank"]);
  expect(found("settings shop")).toContain("/settings/tenants/shop");
  expect(found("nothing like it")).toEqual([]);
});

it("offers no settings of a tenant that the reader may not see", () => {
  expect(found("trail shop")).toEqual([]);
  expect(found("people shop")).toEqual([]);
  expect(found("policies shop")).toEqual(["/settings/policies/shop"]);
});
