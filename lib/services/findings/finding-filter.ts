import type { FindingSearch } from "../../contracts/findings.ts";
import type { FindingFilter } from "../../db/finding-list.ts";

/** What a search narrows the list to, as the store is asked; null: nothing. */
export function findingFilter(
  tenantIds: readonly string[],
  search: Omit<FindingSearch, "cursor" | "limit">,
): FindingFilter {
  const asked = <Value>(values: readonly Value[]) => (values.length === 0 ? null : values);
  return {
    tenantIds,
    state: asked(search.state),
    severity: asked(search.severity),
    cause: asked(search.cause),
    application: asked(search.application),
    data: asked(search.data),
    environment: asked(search.environment),
    owner: asked(search.owner),
    only: search.only ?? null,
  };
}
