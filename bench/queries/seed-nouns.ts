import type pg from "pg";
import { v7 } from "uuid";
import type { StoreTenant } from "../../lib/testing/store-world.ts";

const others = ["support-chat", "document-search", "batch-summaries"];

/** Three more applications for each tenant; `bench_application` numbers the four from 0. */
export async function seedApplications(client: pg.Client, tenants: readonly StoreTenant[]): Promise<void> {
  const rows = tenants.flatMap(({ id }) => others.map((name) => ({ tenantId: id, id: v7(), name })));
  await client.query(
    `INSERT INTO application (tenant_id, id, name, environment, purpose)
     SELECT *, 'production', '' FROM unnest($1::uuid[], $2::uuid[], $3::text[])`,
    [rows.map(({ tenantId }) => tenantId), rows.map(({ id }) => id), rows.map(({ name }) => name)],
  );
  await client.query(
    `CREATE TABLE bench_application AS
     SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id ORDER BY id) - 1 AS n FROM application`,
  );
  await client.query("DELETE FROM bench_application WHERE n > 3; ANALYZE bench_application");
}

/** Objects that the provider keeps, spread over tenants and time. */
export async function seedResources(client: pg.Client, resources: number): Promise<void> {
  await client.query(
    `INSERT INTO resource (tenant_id, kind, object_id, born_in, born_host, born_grade, born_at, born_call, first_seen_at, uses,
                           simulated, application_id)
     SELECT app.tenant_id, kind, kind || '-' || md5(i::text), 'eu', 'eu.api.openai.com', 'C', at, call.id, at, 0, true, app.id
       FROM (SELECT i, (ARRAY['file', 'batch', 'response', 'vector_store'])[1 + i % 4] AS kind, now() - i % 390 * interval '1 day' AS at
               FROM generate_series(1, $1::int) AS i) made
       JOIN (SELECT *, row_number() OVER () - 1 AS slot FROM bench_application) app ON app.slot = made.i % 200
      CROSS JOIN (SELECT id FROM bench_template LIMIT 1) call`,
    [resources],
  );
}
