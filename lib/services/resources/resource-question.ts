import type { ResourceSearch } from "../../contracts/resources.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { applicationsById } from "../../db/application.ts";
import { countResources, type ResourceCount, type ResourceQuestion } from "../../db/resource.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { Places } from "./places.ts";
import { daysPassed } from "./retention-of.ts";

export type ResourcesSought = {
  readonly tenantIds: readonly string[];
  readonly search: Omit<ResourceSearch, "cursor" | "limit">;
  readonly places: Places;
  readonly catalog: Catalog;
  readonly now: Date;
};

/** What a search asks of the store, where it begins and how much left out; and what was counted on the way. */
export async function resourceQuestion(
  sql: SqlTransaction,
  { tenantIds, search, places, catalog, now }: ResourcesSought,
) {
  const asked = (values: readonly string[]) => (values.length === 0 ? null : values);
  const counted = await countResources(sql, tenantIds, daysPassed(catalog, now), now);
  const applications = await applicationsById(sql, tenantIds);
  const ofNames = [...applications.values()].filter(({ name }) => search.application.includes(name));
  const question: Omit<ResourceQuestion, "below" | "limit"> = {
    tenantIds,
    kind: asked(search.kind),
    born: asked(search.born),
    state: search.state,
    applicationIds: search.application.length === 0 ? null : ofNames.map(({ id }) => id),
    at: search.elsewhere === "any" ? null : bornElsewhere(counted, places),
  };
  return { question, counted, applications };
}

/** Tenants and hosts of objects that are kept, where the host lies outside the policy in force. */
export function bornElsewhere(counted: readonly ResourceCount[], places: Places) {
  return counted.flatMap(({ tenantId, host, resources }) =>
    host !== null && places.isElsewhere(tenantId, host) === true ? [{ tenantId, host, resources }] : [],
  );
}
