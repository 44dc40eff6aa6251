import { describe, expect, it } from "vitest";
import { readSearch } from "../auth/read-input.ts";
import {
  findingFilters,
  findingSearchParams,
  findingsHref,
  isNarrowed,
  readFindingState,
} from "./finding-parsers.ts";
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
    const search = asked(
      "?tenant=nordbank-eu&severity=critical&severity=high&cause=host_lookalike&environment=test&owner=Credit%20Risk",
    );
    expect(search).toMatchObject({
      tenant: "nordbank-eu",
      severity: ["critical", "high"],
      cause: ["host_lookalike"],
      environment: ["test"],
      owner: ["Credit Risk"],
    });
  });

  it("ignores a state or a severity that does not exist", () => {
    expect(asked("?state=closed&severity=dire")).toMatchObject({
      state: ["open", "acknowledged", "investigating"],
      severity: [],
    });
  });

  it("is narrowed by anything but tenant and state", () => {
    expect(isNarrowed(readFindingState("?tenant=bank&state=resolved"))).toBe(false);
    for (const name of [
      "severity=high",
      "cause=x",
      "application=x",
      "data=public",
      "environment=test",
      "owner=x",
    ])
      expect(isNarrowed(readFindingState(`?${name}`))).toBe(true);
  });

  it("leaves out what is not said", () => {
    expect(findingsHref({ state: [], severity: [] })).toBe("/findings");
  });
});
