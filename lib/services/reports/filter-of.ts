import type { ReportFacet } from "../../contracts/reports.ts";
import { everyCall, type ReportFilter } from "../../core/reports/call-filter.ts";
import { filterWords } from "../../core/reports/filter-words.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { CallFilter } from "../../db/call-filter.ts";
import { Refusal } from "../refusal.ts";

/** What the page asks, as the report has it, and in words. An application that the tenant does not have is refused. */
export function filterOf(
  search: Readonly<Record<ReportFacet, readonly string[]>>,
  applications: ReadonlyMap<string, DeclaredApplication>,
): { readonly filter: ReportFilter; readonly words: string } {
  const asked = (values: readonly string[]) => (values.length === 0 ? null : [...new Set(values)].sort());
  const ids = search.application.flatMap((name) => {
    const found = [...applications].filter(([, application]) => application.name === name).map(([id]) => id);
    if (found.length === 0)
      throw new Refusal("invalid_input", "Some of the input is not accepted.", {
        fields: [{ field: "application", message: "There is no such application." }],
      });
    return found;
  });
  const filter: ReportFilter = {
    ...everyCall,
    applications: asked(ids),
    regions: asked(search.region),
    verdicts: asked(search.verdict),
    models: asked(search.model),
    sources: asked(search.source),
  };
  return { filter, words: filterWords(filter, nameIn(applications)) };
}

/** Name and environment of an application: several may share a name. */
export function nameIn(applications: ReadonlyMap<string, DeclaredApplication>): (id: string) => string {
  return (id) => {
    const found = applications.get(id);
    return found ? `${found.name} (${found.environment})` : id;
  };
}

/** The filter as rows of calls are looked through. */
export function rowFilter(filter: ReportFilter): CallFilter {
  return {
    verdict: filter.verdicts,
    band: filter.bands,
    cause: filter.causes,
    region: filter.regions,
    host: filter.hosts,
    model: filter.models,
    operation: filter.operations,
    applicationId: filter.applications,
    source: filter.sources,
    basis: filter.bases,
  };
}

export const isFiltered = (filter: ReportFilter): boolean =>
  Object.values(filter).some((asked) => asked !== null);
