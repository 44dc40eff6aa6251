import { besideHead } from "./batch-insert.ts";
import { visibleHead } from "./recording-head.ts";
import type { SqlTransaction } from "./with-tenant.ts";

export type ResourceKey = { readonly kind: string; readonly objectId: string };

export type BirthRow = ResourceKey & {
  readonly bornIn: string;
  readonly bornHost: string;
  readonly bornGrade: string;
  /** As `BatchLineGroup[]`; null: no file of a batch, or not read whole. */
  readonly batchLines: unknown;
};

/** Read by recordCalls and findKnownObjects: the known births of objects that calls name. */
export async function findBirths(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly ResourceKey[],
): Promise<BirthRow[]> {
  if (keys.length === 0) return [];
  return sql.query<BirthRow>(
    `SELECT r.kind, r.object_id AS "objectId", r.born_in AS "bornIn", r.born_host AS "bornHost",
            r.born_grade AS "bornGrade", r.batch_lines AS "batchLines"
       FROM resource r JOIN unnest($2::text[], $3::text[]) AS asked (kind, object_id)
         ON r.kind = asked.kind AND r.object_id = asked.object_id
      WHERE r.tenant_id = $1 AND r.born_in IS NOT NULL`,
    [tenantId, keys.map(({ kind }) => kind), keys.map(({ objectId }) => objectId)],
  );
}

/** What one recording learned of an object; each object once per statement. */
export type ResourceNews = ResourceKey & {
  readonly bornIn: string | null;
  readonly bornHost: string | null;
  readonly bornGrade: string | null;
  readonly bornAt: string | null;
  readonly bornCall: string | null;
  readonly madeBy: string | null;
  readonly bytes: number | null;
  readonly expiresAt: string | null;
  readonly firstSeenAt: string;
  readonly lastUsedAt: string | null;
  readonly uses: number;
  readonly deletedAt: string | null;
  readonly simulated: boolean;
  readonly applicationId: string | null;
  readonly status: string | null;
  readonly statusAt: string | null;
  /** JSON text. */
  readonly batchLines: string | null;
};

/** Read by listResources and findBirths: adds what was learned. The first birth, size of the newest word, and first deletion stay. */
export async function addResourceNews(
  sql: SqlTransaction,
  tenantId: string,
  news: readonly ResourceNews[],
): Promise<void> {
  if (news.length === 0) return;
  const head = await visibleHead(sql, tenantId);
  await sql.query(
    `INSERT INTO resource AS r (tenant_id, kind, object_id, born_in, born_host, born_grade, born_at, born_call, made_by,
                                bytes, expires_at, first_seen_at, last_used_at, uses, deleted_at, simulated,
                                application_id, status, status_at, batch_lines)
     SELECT head.tenant_id, news.* FROM ${besideHead(
       head,
       `unnest(
       $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::uuid[], $9::text[], $10::bigint[],
       $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::bigint[], $15::timestamptz[], $16::boolean[],
       $17::uuid[], $18::text[], $19::timestamptz[], $20::jsonb[]) AS news`,
     )}
      WHERE head.tenant_id = $1::uuid
     ON CONFLICT (tenant_id, kind, object_id) DO UPDATE SET
       born_in = coalesce(r.born_in, excluded.born_in),
       born_host = CASE WHEN r.born_in IS NULL THEN excluded.born_host ELSE r.born_host END,
       born_grade = CASE WHEN r.born_in IS NULL THEN excluded.born_grade ELSE r.born_grade END,
       born_at = CASE WHEN r.born_in IS NULL THEN excluded.born_at ELSE r.born_at END,
       born_call = CASE WHEN r.born_in IS NULL THEN excluded.born_call ELSE r.born_call END,
       made_by = coalesce(r.made_by, excluded.made_by),
       bytes = coalesce(excluded.bytes, r.bytes),
       expires_at = coalesce(excluded.expires_at, r.expires_at),
       last_used_at = greatest(r.last_used_at, excluded.last_used_at),
       uses = r.uses + excluded.uses,
       deleted_at = coalesce(r.deleted_at, excluded.deleted_at),
       application_id = CASE WHEN r.born_in IS NULL THEN excluded.application_id ELSE r.application_id END,
       status = CASE WHEN excluded.status_at >= coalesce(r.status_at, '-infinity') THEN excluded.status ELSE r.status END,
       status_at = greatest(r.status_at, excluded.status_at),
       batch_lines = coalesce(r.batch_lines, excluded.batch_lines)`,
    [
      tenantId,
      news.map((one) => one.kind),
      news.map((one) => one.objectId),
      news.map((one) => one.bornIn),
      news.map((one) => one.bornHost),
      news.map((one) => one.bornGrade),
      news.map((one) => one.bornAt),
      news.map((one) => one.bornCall),
      news.map((one) => one.madeBy),
      news.map((one) => one.bytes),
      news.map((one) => one.expiresAt),
      news.map((one) => one.firstSeenAt),
      news.map((one) => one.lastUsedAt),
      news.map((one) => one.uses),
      news.map((one) => one.deletedAt),
      news.map((one) => one.simulated),
      news.map((one) => one.applicationId),
      news.map((one) => one.status),
      news.map((one) => one.statusAt),
      news.map((one) => one.batchLines),
    ],
  );
}

export type ResourceRow = ResourceKey & {
  readonly tenantId: string;
  readonly bornIn: string | null;
  readonly bornHost: string | null;
  readonly bornGrade: string | null;
  readonly bornAt: Date | null;
  readonly bornCall: string | null;
  readonly madeBy: string | null;
  readonly bytes: number | null;
  readonly expiresAt: Date | null;
  readonly firstSeenAt: Date;
  readonly lastUsedAt: Date | null;
  readonly uses: number;
  readonly deletedAt: Date | null;
  readonly simulated: boolean;
  readonly applicationId: string | null;
  readonly status: string | null;
  readonly statusAt: Date | null;
  readonly askedAt: Date | null;
  readonly askedCall: string | null;
  readonly askProblem: string | null;
  readonly askFailures: number;
  readonly askAfter: Date | null;
  readonly askWantedAt: Date | null;
};

const columns = `tenant_id AS "tenantId", kind, object_id AS "objectId", born_in AS "bornIn", born_host AS "bornHost",
  born_grade AS "bornGrade", born_at AS "bornAt", born_call AS "bornCall", made_by AS "madeBy", bytes,
  expires_at AS "expiresAt", first_seen_at AS "firstSeenAt", last_used_at AS "lastUsedAt", uses,
  deleted_at AS "deletedAt", simulated, application_id AS "applicationId", status, status_at AS "statusAt",
  asked_at AS "askedAt", asked_call AS "askedCall", ask_problem AS "askProblem", ask_failures AS "askFailures",
  ask_after AS "askAfter", ask_wanted_at AS "askWantedAt"`;

export type ResourcePosition = {
  readonly firstSeenAt: Date;
  readonly kind: string;
  readonly objectId: string;
};

export type ResourceQuestion = {
  readonly tenantIds: readonly string[];
  readonly kind: readonly string[] | null;
  /** Codes, `global`, or `unknown` for a birth that was not recorded. */
  readonly born: readonly string[] | null;
  readonly state: "kept" | "unsettled" | "unasked" | "deleted" | "all";
  readonly applicationIds: readonly string[] | null;
  /** Born in these tenants at these hosts; null: anywhere. */
  readonly at: readonly { readonly tenantId: string; readonly host: string }[] | null;
  readonly below: ResourcePosition | null;
  readonly limit: number;
};

/** Read by listResources: the newest first, each tenant's through `resource_newest_idx`. */
export async function listResourceRows(
  sql: SqlTransaction,
  question: ResourceQuestion,
): Promise<ResourceRow[]> {
  const { tenantIds, kind, born, state, applicationIds, at, below, limit } = question;
  return sql.query<ResourceRow>(
    `SELECT r.* FROM unnest($1::uuid[]) AS tenant (id)
     CROSS JOIN LATERAL (
       SELECT ${columns} FROM resource
        WHERE tenant_id = tenant.id AND ($2::text[] IS NULL OR kind = ANY($2))
          AND ($3::text[] IS NULL OR coalesce(born_in, 'unknown') = ANY($3))
          AND CASE $4::text
                WHEN 'kept' THEN deleted_at IS NULL
                WHEN 'deleted' THEN deleted_at IS NOT NULL
                WHEN 'unasked' THEN deleted_at IS NULL AND ask_problem IS NOT NULL
                WHEN 'unsettled' THEN deleted_at IS NULL AND kind IN ('batch', 'fine_tuning_job', 'vector_store')
                  AND coalesce(status, '') NOT IN ('completed', 'failed', 'expired', 'cancelled', 'succeeded')
                ELSE true END
          AND ($9::uuid[] IS NULL OR application_id = ANY($9))
          AND ($10::uuid[] IS NULL
               OR (tenant_id, born_host) IN (SELECT * FROM unnest($10::uuid[], $11::text[])))
          AND ($5::timestamptz IS NULL OR (first_seen_at, kind, object_id) < ($5, $6, $7))
        ORDER BY first_seen_at DESC, kind DESC, object_id DESC LIMIT $8) r
      ORDER BY r."firstSeenAt" DESC, r.kind DESC, r."objectId" DESC LIMIT $8`,
    [
      tenantIds,
      kind,
      born,
      state,
      below?.firstSeenAt ?? null,
      below?.kind ?? null,
      below?.objectId ?? null,
      limit,
      applicationIds,
      at?.map(({ tenantId }) => tenantId) ?? null,
      at?.map(({ host }) => host) ?? null,
    ],
  );
}

/** Read by getResource: the objects of these names. */
export async function findResources(
  sql: SqlTransaction,
  tenantId: string,
  keys: readonly ResourceKey[],
): Promise<(ResourceRow & { readonly batchLines: unknown })[]> {
  if (keys.length === 0) return [];
  return sql.query(
    `SELECT ${columns}, batch_lines AS "batchLines" FROM resource
      WHERE tenant_id = $1 AND (kind, object_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
    [tenantId, keys.map(({ kind }) => kind), keys.map(({ objectId }) => objectId)],
  );
}

export type ResourceCount = {
  readonly tenantId: string;
  readonly kind: string;
  readonly born: string;
  readonly host: string | null;
  readonly applicationId: string | null;
  readonly resources: number;
  /** Of those: the day has passed until which the provider said that it keeps the object, or documents that of its kind. */
  readonly past: number;
};

/** Objects of a kind that were made before then are past their day. */
export type PastDay = { readonly kind: string; readonly madeBefore: Date };

/** Read by listResources: how many are not deleted, by tenant, kind, birth and application, through `resource_kept_idx` alone. */
export async function countResources(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  past: readonly PastDay[],
  now: Date,
): Promise<ResourceCount[]> {
  return sql.query<ResourceCount>(
    `SELECT r.tenant_id AS "tenantId", r.kind, coalesce(r.born_in, 'unknown') AS born, r.born_host AS host,
            r.application_id AS "applicationId", count(*)::int AS resources,
            count(*) FILTER (WHERE coalesce(r.expires_at < $2::timestamptz,
              r.born_at < ($4::timestamptz[])[array_position($3::text[], r.kind)]))::int AS past
       FROM resource r WHERE r.tenant_id = ANY($1::uuid[]) AND r.deleted_at IS NULL
      GROUP BY r.tenant_id, r.kind, r.born_in, r.born_host, r.application_id`,
    [tenantIds, now, past.map(({ kind }) => kind), past.map(({ madeBefore }) => madeBefore)],
  );
}
