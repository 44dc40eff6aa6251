import type { ListedModel } from "../core/calls/read-model-list.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ListingRow = {
  readonly tenantId: string;
  readonly at: Date;
  readonly host: string;
  readonly region: string;
  readonly credential: string;
  readonly simulated: boolean;
  readonly models: readonly ListedModel[];
  readonly modelsSha256: string;
};

const columns = `tenant_id AS "tenantId", at, host, region, credential, simulated, models, models_sha256 AS "modelsSha256"`;

/** Read by recordListing: what the provider listed last to this key through this host. */
export async function newestListing(
  sql: SqlTransaction,
  tenantId: string,
  host: string,
  credential: string,
): Promise<ListingRow | null> {
  const [row] = await sql.query<ListingRow>(
    `SELECT ${columns} FROM model_listing WHERE tenant_id = $1 AND host = $2 AND credential = $3
      ORDER BY at DESC LIMIT 1`,
    [tenantId, host, credential],
  );
  return row ?? null;
}

export type NewListing = ListingRow & {
  readonly id: string;
  readonly callId: string;
  readonly first: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly shutdowns: readonly string[];
};

/** Read by getModels: one answer of the provider. */
export async function insertListing(sql: SqlTransaction, row: NewListing): Promise<void> {
  await sql.query(
    `INSERT INTO model_listing (tenant_id, at, id, host, region, credential, call_id, simulated, models, models_sha256,
                                first, added, removed, shutdowns)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12::text[], $13::text[], $14::text[])`,
    [
      row.tenantId,
      row.at,
      row.id,
      row.host,
      row.region,
      row.credential,
      row.callId,
      row.simulated,
      JSON.stringify(row.models),
      row.modelsSha256,
      row.first,
      row.added,
      row.removed,
      row.shutdowns,
    ],
  );
}

/** Read by getModels: the newest answer to each key through each host. */
export async function newestListings(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ListingRow[]> {
  return sql.query<ListingRow>(
    `SELECT DISTINCT ON (tenant_id, host, credential) ${columns} FROM model_listing
      WHERE tenant_id = ANY($1::uuid[]) ORDER BY tenant_id, host, credential, at DESC LIMIT 500`,
    [tenantIds],
  );
}

export type ListingNoticeRow = Pick<ListingRow, "tenantId" | "at" | "host" | "region" | "simulated"> & {
  readonly id: string;
  readonly added: string[];
  readonly removed: string[];
  readonly shutdowns: string[];
};

/** Read by getModels: answers that differed from the one before, newest first. */
export async function listingNotices(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  limit: number,
): Promise<ListingNoticeRow[]> {
  return sql.query<ListingNoticeRow>(
    `SELECT tenant_id AS "tenantId", at, id, host, region, simulated, added, removed, shutdowns FROM model_listing
      WHERE tenant_id = ANY($1::uuid[]) AND NOT first
        AND cardinality(added) + cardinality(removed) + cardinality(shutdowns) > 0
      ORDER BY at DESC, id DESC LIMIT $2`,
    [tenantIds, limit],
  );
}

export type UsedModelRow = { readonly model: string; readonly region: string; readonly calls: number };

/** Read by getModels: what was sent where, from the daily rollups; what never left is no use. */
export async function usedModels(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  since: Date,
): Promise<UsedModelRow[]> {
  return sql.query<UsedModelRow>(
    `SELECT model, region, sum(calls)::bigint AS calls FROM rollup_day
      WHERE tenant_id = ANY($1::uuid[]) AND day >= ($2::timestamptz AT TIME ZONE 'UTC')::date
        AND region <> 'none' AND model <> 'none'
      GROUP BY 1, 2 ORDER BY calls DESC LIMIT 5000`,
    [tenantIds, since],
  );
}
