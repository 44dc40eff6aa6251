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

const columns = `l.tenant_id AS "tenantId", s.seen_at AS at, l.host, l.region, l.credential, l.simulated, l.models,
  l.models_sha256 AS "modelsSha256"`;

const newest = `model_listing_seen s
  JOIN model_listing l ON l.tenant_id = s.tenant_id AND l.at = s.listing_at AND l.id = s.listing_id`;

/** Read by recordListing: what the provider listed last to this key through this host, and when it did so last. */
export async function newestListing(
  sql: SqlTransaction,
  tenantId: string,
  host: string,
  credential: string,
): Promise<ListingRow | null> {
  const [row] = await sql.query<ListingRow>(
    `SELECT ${columns} FROM ${newest} WHERE s.tenant_id = $1 AND s.host = $2 AND s.credential = $3`,
    [tenantId, host, credential],
  );
  return row ?? null;
}

/** Read by newestListing and newestListings: the list was seen again as it is. */
export async function seeListing(
  sql: SqlTransaction,
  { tenantId, host, credential, at }: Pick<ListingRow, "tenantId" | "host" | "credential" | "at">,
): Promise<void> {
  await sql.query(
    `UPDATE model_listing_seen SET seen_at = $4
      WHERE tenant_id = $1 AND host = $2 AND credential = $3 AND seen_at < $4`,
    [tenantId, host, credential, at],
  );
}

export type NewListing = ListingRow & {
  readonly id: string;
  readonly callId: string;
  readonly first: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly shutdowns: readonly string[];
};

/** Read by getModels: a list that differs from the one before it, which it takes the place of. */
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
  await sql.query(
    `INSERT INTO model_listing_seen AS s (tenant_id, host, credential, listing_at, listing_id, seen_at)
     VALUES ($1, $2, $3, $4, $5, $4) ON CONFLICT (tenant_id, host, credential) DO UPDATE
        SET listing_at = excluded.listing_at, listing_id = excluded.listing_id, seen_at = excluded.seen_at
      WHERE s.listing_at <= excluded.listing_at`,
    [row.tenantId, row.host, row.credential, row.at, row.id],
  );
}

/** Read by getModels: the newest answer to each key through each host. */
export async function newestListings(
  sql: SqlTransaction,
  tenantIds: readonly string[],
): Promise<ListingRow[]> {
  return sql.query<ListingRow>(
    `SELECT ${columns} FROM ${newest} WHERE s.tenant_id = ANY($1::uuid[])
      ORDER BY s.tenant_id, s.host, s.credential LIMIT 500`,
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
