import { describe, expect, it } from "vitest";
import { readSearch } from "../auth/read-input.ts";
import { callFilters, callSearchParams, callsHref, readCallState } from "./call-parsers.ts";
import { callFacets, callSearch } from "./calls.ts";

const address = "https://domicile.test/api/calls";

describe("the URL of /calls", () => {
  it("says to the API exactly what it says to the page", () => {
    const url =
      "?tenant=nordbank-eu&range=24h&verdict=violation&verdict=unverifiable&host=api.openai.com&reason=host_lookalike&call=x&live=on";
    const filters = callFilters(readCallState(url));
    const { limit, cursor, ...asked } = readSearch(
      new Request(`${address}?${callSearchParams(filters)}`),
      callSearch,
    );
    expect(asked).toEqual({ ...filters, from: undefined, to: undefined });
    expect([limit, cursor]).toEqual([50, undefined]);
    expect(asked.verdict).toEqual(["violation", "unverifiable"]);
  });

  it("keeps values that have commas, ampersands and spaces in them", () => {
    const href = callsHref({ application: ["loans, retail & co"] });
    const filters = callFilters(readCallState(new URL(href, address)));
    const asked = readSearch(new Request(`${address}?${callSearchParams(filters)}`), callSearch);
    expect(asked.application).toEqual(["loans, retail & co"]);
  });

  it("leaves out what is not said, so that the plain page has the plain address", () => {
    expect(callsHref({})).toBe("/calls");
    expect(callsHref({ range: "7d", live: "off", verdict: [] })).toBe("/calls");
  });

  it("has every facet of the contract", () => {
    const state = readCallState(`?${callFacets.map((facet) => `${facet}=${facet}-value`).join("&")}`);
    for (const facet of callFacets) expect(callFilters(state)[facet]).toEqual([`${facet}-value`]);
  });

  it("never carries the open call or the live tail into the question", () => {
    const filters = callFilters(readCallState("?call=0192&live=on"));
    expect(Object.keys(filters)).not.toContain("call");
    expect(callSearchParams(filters).toString()).toBe("");
  });
});
