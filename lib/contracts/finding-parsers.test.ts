import { describe, expect, it } from "vitest";
import { readSearch } from "../auth/read-input.ts";
import { findingFilters, findingSearchParams, findingsHref, readFindingState } from "./finding-parsers.ts";
import { findingSearch } from "./findings.ts";

function asked(url: string) {
  const params = findingSearchParams(findingFilters(readFindingState(url)));
  return readSearch(new Request(`https://domicile.test/api/findings?${params}`), findingSearch);
}

describe("the URL of /findings", () => {
  it("asks for what somebody still has to do, unless told otherwise", () => {
    expect(asked("").state).toEqual(["open", "acknowledged", "investigating"]);
    expect(asked("?state=resolved").state).toEqual(["resolved"]);
  });

  it("says to the API exactly what it says to the page", () => {
    const search = asked("?tenant=nordbank-eu&severity=critical&severity=high&cause=host_lookalike");
    expect(search).toMatchObject({
      tenant: "nordbank-eu",
      severity: ["critical", "high"],
      cause: ["host_lookalike"],
    });
  });

  it("ignores a state or a severity that does not exist", () => {
    expect(asked("?state=closed&severity=dire")).toMatchObject({
      state: ["open", "acknowledged", "investigating"],
      severity: [],
    });
  });

  it("leaves out what is not said", () => {
    expect(findingsHref({ state: [], severity: [] })).toBe("/findings");
  });
});
