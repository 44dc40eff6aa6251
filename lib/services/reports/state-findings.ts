import { findingKey } from "../../core/findings/finding-key.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import type { FindingCase } from "../../core/reports/count-cases.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { recordFindingCauses } from "../../core/verdicts/verdict.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { LogKey } from "../../db/ledger-walk.ts";
import { type FindingAt, findingsAt, raisedBefore } from "../../db/report-cases.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

/** As rollups and findings call what has no name of its own. */
const other = "other";

type Stated = Extract<StatedReport["findings"], readonly unknown[]>[number];

/**
 * What people had done about each case when the log had this size, and how grave it is by what was declared of its
 * application.
 */
export async function stateFindings(
  sql: SqlTransaction,
  log: LogKey,
  size: number,
  cases: readonly FindingCase[],
  applications: ReadonlyMap<string, DeclaredApplication>,
): Promise<readonly Stated[]> {
  const { tenantId } = log;
  const keyOf = (each: FindingCase) => findingKey({ ...each, tenantId, applicationId: each.application_id });
  // A name beyond those that are counted singly belongs to the case of all such names.
  const keys = cases.map((each) => [
    keyOf(each),
    keyOf({ ...each, model: other }),
    ...(each.host === null
      ? []
      : [keyOf({ ...each, host: other }), keyOf({ ...each, host: other, model: other })]),
  ]);
  const rows = await findingsAt(sql, log, size, keys.flat());
  const known = new Map(rows.map((row) => [row.groupKey, row]));
  return cases.map((each, i) => {
    const application = applications.get(each.application_id);
    const key = keys[i]?.find((one) => known.has(one));
    const found = key === undefined ? undefined : known.get(key);
    return {
      id: found?.id ?? null,
      title: findingTitle({ ...each, application: application?.name ?? null }),
      severity: severity(each.cause, application ?? undeclared),
      ...stateOf(found, each.last_at),
      opened_at: found?.openedAt.toISOString() ?? null,
    };
  });
}

/**
 * Cases about no call that were open when the range ended, or had been before, oldest first: about the record itself, and about
 * requests of these projects that it does not hold.
 */
export async function stateRecordFindings(
  sql: SqlTransaction,
  log: LogKey,
  { size, at, projects }: { readonly size: number; readonly at: Date; readonly projects: readonly string[] },
): Promise<StatedReport["record_findings"]> {
  const about = [
    ...recordFindingCauses.map((cause) => ({ cause, projectId: null })),
    ...projects.map((projectId) => ({ cause: "usage_not_recorded" as const, projectId })),
  ];
  const keyOf = ({ cause, projectId }: (typeof about)[number]) =>
    findingKey({
      ...nobody,
      tenantId: log.tenantId,
      cause,
      applicationId: null,
      basis: "none",
      ...(projectId !== null && { projectId }),
    });
  const subjects = new Map(about.map((each) => [keyOf(each), each]));
  const rows = await findingsAt(sql, log, size, [...subjects.keys()]);
  const raised = await raisedBefore(sql, log, size, { findingIds: rows.map(({ id }) => id), at });
  return rows
    .flatMap((found) => {
      const [subject, again] = [subjects.get(found.groupKey), raised.get(found.id)];
      if (subject === undefined || again === undefined) return [];
      const { cause } = subject;
      return [
        {
          id: found.id,
          cause,
          title: findingTitle({ ...nobody, ...subject, application: null }),
          severity: severity(cause, undeclared),
          ...stateOf(found, again.toISOString()),
          opened_at: found.openedAt.toISOString(),
        },
      ];
    })
    .sort((a, b) => (`${a.opened_at} ${a.cause} ${a.id}` < `${b.opened_at} ${b.cause} ${b.id}` ? -1 : 1));
}

/** No call has these findings, so no host and no model. */
const nobody = { host: null, model: null };

const stateAfter = {
  "finding.acknowledged": "acknowledged",
  "finding.investigated": "investigating",
  "finding.recurred": "open",
  "exception.approved": "accepted",
  "exception.ended": "open",
  "exception.expired": "open",
} as const;

/** A call that began after the resolution had opened the case again. */
function stateOf(
  found: FindingAt | undefined,
  lastCall: string,
): Pick<Stated, "state" | "resolution" | "entry"> {
  if (found === undefined) return { state: "no case", resolution: null, entry: null };
  const { kind, at, resolution, index } = found;
  if (kind === null || at === null) return { state: "open", resolution: null, entry: null };
  if (kind !== "finding.resolved") return { state: stateAfter[kind], resolution: null, entry: index };
  return lastCall > at.toISOString()
    ? { state: "open", resolution: null, entry: null }
    : { state: "resolved", resolution, entry: index };
}
