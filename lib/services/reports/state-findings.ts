import { findingKey } from "../../core/findings/finding-key.ts";
import { findingTitle } from "../../core/findings/finding-title.ts";
import { severity, undeclared } from "../../core/findings/severity.ts";
import type { FindingCase } from "../../core/reports/computed-report.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import { type FindingAt, findingsAt } from "../../db/report-facts.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";

type Stated = Extract<StatedReport["findings"], readonly unknown[]>[number];

/** What people had done about each case until a moment, and how grave it is by what was declared of its application. */
export async function stateFindings(
  sql: SqlTransaction,
  tenantId: string,
  cases: readonly FindingCase[],
  applications: ReadonlyMap<string, DeclaredApplication>,
  at: Date,
): Promise<readonly Stated[]> {
  const keys = cases.map((each) => findingKey({ ...each, tenantId, applicationId: each.application_id }));
  const rows = await findingsAt(sql, tenantId, keys, at);
  const known = new Map(rows.map((row) => [row.groupKey, row]));
  return cases.map((each, i) => {
    const application = applications.get(each.application_id);
    const found = known.get(keys[i] ?? "");
    return {
      id: found?.id ?? null,
      title: findingTitle({ ...each, application: application?.name ?? null }),
      severity: severity(each.cause, application ?? undeclared),
      state: found === undefined ? "no case" : stateOf(found),
      resolution: found?.kind === "resolved" ? found.resolution : null,
      opened_at: found?.openedAt.toISOString() ?? null,
    };
  });
}

/** Whatever happened last says the state. */
function stateOf({ kind }: FindingAt): string {
  return kind === "opened" || kind === "reopened" ? "open" : kind;
}
