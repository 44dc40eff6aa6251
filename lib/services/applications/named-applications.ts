import { applicationsById } from "../../db/application.ts";
import { readTenantsSql } from "../../db/with-tenant.ts";

/** What narrows figures to applications of these names, of which several may share one; null: none was named, so all. */
export async function applicationIdsNamed(
  tenantIds: readonly string[],
  names: readonly string[],
): Promise<readonly string[] | null> {
  if (names.length === 0) return null;
  const all = await readTenantsSql(tenantIds, (sql) => applicationsById(sql, tenantIds));
  return [...all].filter(([, { name }]) => names.includes(name)).map(([id]) => id);
}

/** What there is to choose from, each once, sorted. */
export function applicationNames(applications: ReadonlyMap<string, { readonly name: string }>): string[] {
  return [...new Set([...applications.values()].map(({ name }) => name))].sort();
}
