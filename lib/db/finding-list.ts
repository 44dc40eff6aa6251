import type { SqlTransaction } from "./with-tenant.ts";

export type FindingRow = {
  readonly tenantId: string;
  readonly id: string;
  readonly no: number;
  readonly cause: string;
  readonly host: string | null;
  readonly model: string | null;
  readonly application: string | null;
  /** The provider's project that it is about; null: it is about none. */
  readonly projectId: string | null;
  readonly environment: string | null;
  readonly dataCategory: string | null;
  readonly owner: string | null;
  readonly assigneeId: string | null;
  readonly assignee: string | null;
  readonly dueAt: Date | null;
  /** Of the exception that accepts it; null: none does. */
  readonly exceptionNo: number | null;
  readonly exceptionUntil: Date | null;
  readonly exceptionPolicy: number | null;
  /** Number of the policy in force; null: none is, or nothing is accepted. */
  readonly policyInForce: number | null;
  readonly basis: string;
  readonly severity: string;
  readonly rank: number;
  readonly state: string;
  readonly resolution: string | null;
  readonly resolvedAt: Date | null;
  readonly checkDueAt: Date | null;
  readonly checkedAt: Date | null;
  readonly checkedBy: string | null;
  readonly simulated: boolean;
  readonly calls: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** What was stated last of what caused it; null: nobody has stated anything. */
  readonly analysis: FindingAnalysisRow | null;
};

export type FindingAnalysisRow = {
  readonly version: number;
  readonly rootCause: string;
  readonly explanation: string;
  readonly action: string;
  readonly actionOwner: string;
  /** RFC 3339, as are the others. */
  readonly actionDueAt: string;
  readonly statedBy: string;
  readonly statedAt: string;
};

const rank = `CASE f.severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END`;
const columns = `f.tenant_id AS "tenantId", f.id, f.no, f.cause, f.host, f.model, f.application, f.project_id AS "projectId", a.environment,
  a.data_category AS "dataCategory", a.owner, f.assignee_id AS "assigneeId", f.assignee, f.due_at AS "dueAt",
  x.no AS "exceptionNo", x.expires_at AS "exceptionUntil", x.policy_version AS "exceptionPolicy",
  p.version AS "policyInForce", f.basis, f.severity,
  ${rank} AS rank, f.state, f.resolution, f.resolved_at AS "resolvedAt", f.check_due_at AS "checkDueAt", f.checked_at AS "checkedAt",
  f.checked_by AS "checkedBy", f.simulated, n.calls, n.first_seen_at AS "firstSeenAt", n.last_seen_at AS "lastSeenAt",
  s.analysis`;
const from = `finding f JOIN finding_counter n ON n.tenant_id = f.tenant_id AND n.finding_id = f.id
  LEFT JOIN application a ON a.tenant_id = f.tenant_id AND a.id = f.application_id
  LEFT JOIN LATERAL (
    SELECT e.no, e.expires_at, e.policy_version FROM finding_exception e
      JOIN finding_exception_decision d ON d.tenant_id = e.tenant_id AND d.exception_id = e.id AND d.outcome = 'approved'
     WHERE e.tenant_id = f.tenant_id AND e.finding_id = f.id ORDER BY e.no DESC LIMIT 1) x ON f.state = 'accepted'
  LEFT JOIN LATERAL (
    SELECT max(version) AS version FROM policy_version
     WHERE tenant_id = f.tenant_id AND effective_at <= now()) p ON f.state = 'accepted'`;

/** The same with what was stated last of each. What only counts does not read it. */
const fromWithAnalysis = `${from}
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('version', version, 'rootCause', root_cause, 'explanation', explanation, 'action', action,
             'actionOwner', action_owner, 'actionDueAt', action_due_at, 'statedBy', stated_by, 'statedAt', stated_at) AS analysis
      FROM finding_analysis WHERE tenant_id = f.tenant_id AND finding_id = f.id ORDER BY version DESC LIMIT 1) s ON true`;

const expiring = "f.state = 'accepted' AND x.expires_at <= now() + interval '30 days'";

/** An acceptance that ends within 30 days or was given under another policy, work whose day has passed, or a check that is due. */
const soon = `(${expiring} OR f.state = 'accepted' AND x.policy_version IS DISTINCT FROM p.version
  OR f.state IN ('open', 'acknowledged', 'investigating') AND f.due_at <= now()
  OR f.state = 'resolved' AND f.checked_at IS NULL AND f.check_due_at <= now())`;

export type FindingPosition = { readonly rank: number; readonly lastSeenAt: Date; readonly id: string };

export type FindingQuestion = {
  readonly tenantIds: readonly string[];
  readonly state: readonly string[] | null;
  readonly severity: readonly string[] | null;
  readonly cause: readonly string[] | null;
  /** Names. */
  readonly application: readonly string[] | null;
  readonly data: readonly string[] | null;
  readonly environment: readonly string[] | null;
  /** `none`: nobody was named. */
  readonly owner: readonly string[] | null;
  /** Only what somebody has to look at soon, what is new this week, or what an exception accepts that ends within 30 days. */
  readonly only: "soon" | "new" | "expiring" | null;
  readonly below: FindingPosition | null;
  readonly limit: number;
};

export type FindingFilter = Omit<FindingQuestion, "below" | "limit">;

/** `$1` to `$9`, as `valuesOf` gives them. */
const matching = `f.tenant_id = ANY($1::uuid[]) AND ($2::text[] IS NULL OR f.state = ANY($2))
        AND ($3::text[] IS NULL OR f.severity = ANY($3)) AND ($4::text[] IS NULL OR f.cause = ANY($4))
        AND ($5::text[] IS NULL OR f.application = ANY($5)) AND ($6::text[] IS NULL OR a.data_category = ANY($6))
        AND ($7::text[] IS NULL OR a.environment = ANY($7)) AND ($8::text[] IS NULL OR coalesce(a.owner, 'none') = ANY($8))
        AND CASE $9::text WHEN 'soon' THEN ${soon} WHEN 'new' THEN f.opened_at > now() - interval '7 days'
                          WHEN 'expiring' THEN ${expiring} ELSE true END`;

function valuesOf(filter: FindingFilter): unknown[] {
  const { tenantIds, state, severity, cause, application, data, environment, owner, only } = filter;
  return [tenantIds, state, severity, cause, application, data, environment, owner, only];
}

/** Read by listFindings and getOverview: the most severe first, then the latest seen. */
export async function listFindingRows(sql: SqlTransaction, question: FindingQuestion): Promise<FindingRow[]> {
  const { below, limit } = question;
  return sql.query<FindingRow>(
    `SELECT ${columns} FROM ${fromWithAnalysis}
      WHERE ${matching}
        AND ($10::int IS NULL OR (${rank}, n.last_seen_at, f.id) < ($10, $11::timestamptz, $12::uuid))
      ORDER BY ${rank} DESC, n.last_seen_at DESC, f.id DESC LIMIT $13`,
    [...valuesOf(question), below?.rank ?? null, below?.lastSeenAt ?? null, below?.id ?? null, limit],
  );
}

/** Read by exportFindings: which cases match, in the order of the list. */
export async function findingIds(
  sql: SqlTransaction,
  question: Omit<FindingQuestion, "below">,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT f.id FROM ${from} WHERE ${matching} ORDER BY ${rank} DESC, n.last_seen_at DESC, f.id DESC LIMIT $10`,
    [...valuesOf(question), question.limit],
  );
  return rows.map(({ id }) => id);
}

/** Read by exportFindings: these cases, in the order of their ids here. */
export async function findingRowsByIds(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  ids: readonly string[],
): Promise<FindingRow[]> {
  return sql.query<FindingRow>(
    `SELECT ${columns} FROM ${fromWithAnalysis} JOIN unnest($2::uuid[]) WITH ORDINALITY AS asked (id, place) ON asked.id = f.id
      WHERE f.tenant_id = ANY($1::uuid[]) ORDER BY asked.place`,
    [tenantIds, ids],
  );
}

/** Read by listFindings: how many are in each state, under the other filters. */
export async function countByState(
  sql: SqlTransaction,
  others: Omit<FindingFilter, "state">,
): Promise<Map<string, number>> {
  const rows = await sql.query<{ state: string; findings: number }>(
    `SELECT f.state, count(*)::int AS findings FROM ${from} WHERE ${matching} GROUP BY f.state`,
    valuesOf({ ...others, state: null }),
  );
  return new Map(rows.map(({ state, findings }) => [state, findings]));
}

/** Read by listFindings: what cases of these tenants, states and selection can be narrowed by. */
export async function findingChoices(
  sql: SqlTransaction,
  { tenantIds, state, only }: Pick<FindingFilter, "tenantIds" | "state" | "only">,
): Promise<{ causes: string[]; applications: string[]; owners: string[] }> {
  const all = { severity: null, cause: null, application: null, data: null, environment: null, owner: null };
  const some = (value: string) => `(coalesce(array_agg(DISTINCT ${value} ORDER BY ${value})
      FILTER (WHERE ${value} IS NOT NULL), '{}'))[1:200]`;
  const [row] = await sql.query<{ causes: string[]; applications: string[]; owners: string[] }>(
    `SELECT ${some("f.cause")} AS causes, ${some("f.application")} AS applications,
            ${some("coalesce(a.owner, 'none')")} AS owners
       FROM ${from} WHERE ${matching}`,
    valuesOf({ tenantIds, state, only, ...all }),
  );
  return row ?? { causes: [], applications: [], owners: [] };
}

/** Read by getOverview: how many cases wait for somebody. */
export async function countOpenFindings(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  states: readonly string[],
  applications: readonly string[] | null,
): Promise<number> {
  const [row] = await sql.query<{ findings: number }>(
    `SELECT count(*)::int AS findings FROM finding
      WHERE tenant_id = ANY($1::uuid[]) AND state = ANY($2::text[]) AND ($3::text[] IS NULL OR application = ANY($3))`,
    [tenantIds, states, applications],
  );
  return row?.findings ?? 0;
}

/** Read by getFinding and the verbs that change one: a case of one of these tenants. */
export async function findFinding(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  id: string,
): Promise<FindingRow | null> {
  const [row] = await sql.query<FindingRow>(
    `SELECT ${columns} FROM ${fromWithAnalysis} WHERE f.tenant_id = ANY($1::uuid[]) AND f.id = $2`,
    [tenantIds, id],
  );
  return row ?? null;
}

export type FindingEventRow = {
  readonly at: Date;
  readonly actor: string;
  readonly kind: string;
  readonly note: string | null;
  readonly resolution: string | null;
  readonly daysClean: number | null;
  readonly audience: string;
};

/** Read by getFinding: what happened, oldest first, but for comments to an audience that the reader does not belong to. */
export async function listFindingEvents(
  sql: SqlTransaction,
  tenantId: string,
  findingId: string,
  audiences: readonly string[],
): Promise<FindingEventRow[]> {
  return sql.query<FindingEventRow>(
    `SELECT at, actor, kind, note, resolution, days_clean AS "daysClean", audience FROM finding_event
      WHERE tenant_id = $1 AND finding_id = $2 AND audience = ANY($3::text[]) ORDER BY at, id LIMIT 1000`,
    [tenantId, findingId, audiences],
  );
}

/** Read by exportCalls: which of these cases are accepted, by which exception. */
export async function acceptedBy(
  sql: SqlTransaction,
  tenantIds: readonly string[],
  ids: readonly string[],
): Promise<{ id: string; no: number }[]> {
  return sql.query(
    `SELECT f.id, x.no FROM ${from}
      WHERE f.tenant_id = ANY($1::uuid[]) AND f.id = ANY($2::uuid[]) AND x.no IS NOT NULL`,
    [tenantIds, ids],
  );
}

/** Read by getCall: the cases a call belongs to. */
export async function findingsOfCall(
  sql: SqlTransaction,
  tenantId: string,
  ids: readonly string[],
): Promise<{ id: string; cause: string; state: string; exceptionNo: number | null }[]> {
  return sql.query(
    `SELECT f.id, f.cause, f.state, x.no AS "exceptionNo" FROM ${from}
      WHERE f.tenant_id = $1 AND f.id = ANY($2::uuid[]) ORDER BY f.opened_at, f.id`,
    [tenantId, ids],
  );
}
