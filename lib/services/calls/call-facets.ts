import { nobody } from "../../contracts/applications.ts";
import { type CallFacet, type CallSearch, callFacets, type FacetCount } from "../../contracts/calls.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { CallFilter } from "../../db/call-filter.ts";
import type { FacetRow } from "../../db/rollup-read.ts";

const shownMax = 50;

/** What an application is asked for by: its name, which several may share, and what is declared of it. */
const facetOf = {
  application: ({ name }) => name,
  environment: ({ environment }) => environment,
  data: ({ dataCategory }) => dataCategory,
  owner: ({ owner }) => owner ?? nobody,
} satisfies Partial<Record<CallFacet, (application: DeclaredApplication) => string>>;
const applicationFacets = ["application", "environment", "data", "owner"] as const;

/** The search's facets as the store takes them. */
export function filterOf(
  search: Pick<CallSearch, CallFacet>,
  applications: ReadonlyMap<string, DeclaredApplication>,
): CallFilter {
  const asked = (values: readonly string[]) => (values.length === 0 ? null : values);
  const about = applicationFacets.filter((facet) => search[facet].length > 0);
  const ids = [...applications]
    .filter(([, application]) => about.every((facet) => search[facet].includes(facetOf[facet](application))))
    .map(([id]) => id);
  return {
    verdict: asked(search.verdict),
    band: asked(search.band),
    cause: asked(search.reason),
    region: asked(search.region),
    host: asked(search.host),
    model: asked(search.model),
    operation: asked(search.operation),
    applicationId: about.length === 0 ? null : ids,
    source: asked(search.source),
    basis: asked(search.basis),
  };
}

export function isUnfiltered(search: Pick<CallSearch, CallFacet>): boolean {
  return callFacets.every((facet) => search[facet].length === 0);
}

/** Each facet counted under all the others, so that it shows what another choice would give; and the total under all. */
export function countFacets(
  rows: readonly FacetRow[],
  search: Pick<CallSearch, CallFacet>,
  applications: ReadonlyMap<string, DeclaredApplication>,
): { facets: Record<CallFacet, FacetCount[]>; totalCalls: number } {
  const counts = Object.fromEntries(callFacets.map((facet) => [facet, new Map<string, number>()])) as Record<
    CallFacet,
    Map<string, number>
  >;
  let totalCalls = 0;
  for (const row of rows) {
    const values = valuesOf(row, applications);
    const failing = callFacets.filter(
      (facet) => search[facet].length > 0 && !values[facet].some((value) => search[facet].includes(value)),
    );
    if (failing.length === 0) totalCalls += row.calls;
    const counted = failing.length === 0 ? callFacets : failing.length === 1 ? failing : [];
    for (const facet of counted)
      for (const value of values[facet])
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + row.calls);
  }
  const facets = Object.fromEntries(
    callFacets.map((facet) => [facet, sorted(counts[facet])]),
  ) as unknown as Record<CallFacet, FacetCount[]>;
  return { facets, totalCalls };
}

function valuesOf(
  row: FacetRow,
  applications: ReadonlyMap<string, DeclaredApplication>,
): Record<CallFacet, string[]> {
  const application = applications.get(row.applicationId);
  return {
    verdict: [row.verdict],
    band: [row.band],
    reason: row.causes === "" ? [] : row.causes.split(","),
    region: [row.region],
    host: [row.host],
    model: [row.model],
    operation: [row.operation],
    application: [application?.name ?? ""],
    environment: application ? [application.environment] : [],
    data: [application?.dataCategory ?? "unknown"],
    owner: [application?.owner ?? nobody],
    source: [row.source],
    basis: [row.basis],
  };
}

function sorted(counts: ReadonlyMap<string, number>): FacetCount[] {
  return [...counts]
    .map(([value, calls]) => ({ value, calls }))
    .sort((a, b) => b.calls - a.calls || (a.value < b.value ? -1 : 1))
    .slice(0, shownMax);
}
