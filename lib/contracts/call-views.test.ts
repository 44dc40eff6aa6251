import { describe, expect, it } from "vitest";
import { callFilters, readCallState } from "./call-parsers.ts";
import { callViewQuery, saveCallViewInput } from "./call-views.ts";
import { callSearch } from "./calls.ts";

describe("the query of a view", () => {
  it("is the same for the same filters, in whatever order they were chosen", () => {
    const one = callSearch.parse({ verdict: ["violation", "blocked"], host: ["b", "a"], range: "30d" });
    const other = callSearch.parse({ host: ["a", "b"], range: "30d", verdict: ["blocked", "violation"] });
    expect(callViewQuery(one)).toBe(callViewQuery(other));
  });

  it("opens exactly what was saved: range, tenant and every facet", async () => {
    const {
      cursor: _c,
      limit: _l,
      ...filters
    } = callSearch.parse({
      tenant: "bank",
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-02T00:00:00Z",
      model: ["a=b&c"],
      reason: ["host_unknown"],
      environment: ["test"],
    });
    const params = new URLSearchParams(callViewQuery(filters));
    const search = Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
    expect(callFilters(await readCallState(Promise.resolve(search)))).toEqual(filters);
  });
});

describe("a view that is saved", () => {
  it.each([
    ["no name", { name: " " }],
    ["a name of two lines", { name: "a\nb" }],
    ["a name that is too long", { name: "x".repeat(61) }],
    ["a verdict that is none", { search: { verdict: ["fine"] } }],
  ])("is refused with %s", (_, over) => {
    expect(saveCallViewInput.safeParse({ tenant: "bank", name: "Mine", search: {}, ...over }).success).toBe(
      false,
    );
  });
});
