import { queryOptions } from "@tanstack/react-query";
import type { UsageCoverage } from "../contracts/coverage.ts";
import { type CoverageState, coverageAskedOf, coverageHref } from "../contracts/coverage-parsers.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the page beside OpenAI's figures shows. They come by the hour. */
export function coverageQuery(state: CoverageState) {
  const asked = coverageAskedOf(state);
  return queryOptions({
    queryKey: ["usage-coverage", asked] as const,
    queryFn: ({ signal }) => fetchJson<UsageCoverage>(coverageHref("/api/usage/coverage", asked), { signal }),
    refetchInterval: 300_000,
  });
}
