import { querySql } from "./with-tenant.ts";

export type TenantRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly mode: "live" | "simulated";
  readonly createdAt: Date;
};

const columns = `id, slug, name, mode, created_at AS "createdAt"`;

/** Read by loadTenantConfig and by verbs that already know which tenant. */
export async function findTenantById(id: string): Promise<TenantRow | null> {
  const [row] = await querySql<TenantRow>(`SELECT ${columns} FROM tenant WHERE id = $1`, [id]);
  return row ?? null;
}

/** Read by verbs of jobs of our own, which name a tenant by slug. */
export async function findTenantBySlug(slug: string): Promise<TenantRow | null> {
  const [row] = await querySql<TenantRow>(`SELECT ${columns} FROM tenant WHERE slug = $1`, [slug]);
  return row ?? null;
}

/** Read by listTenants: the tenants of an actor's memberships. */
export async function tenantsById(ids: readonly string[]): Promise<TenantRow[]> {
  return querySql<TenantRow>(`SELECT ${columns} FROM tenant WHERE id = ANY($1::uuid[]) ORDER BY name, slug`, [
    ids,
  ]);
}

/** Read by jobs that go through all tenants, one after the other: the sweeper. */
export async function allTenantIds(): Promise<string[]> {
  const rows = await querySql<{ id: string }>("SELECT id FROM tenant ORDER BY id");
  return rows.map((row) => row.id);
}
