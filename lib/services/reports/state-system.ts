import { type DataCategory, dataCategoryWords } from "../../core/findings/data-category.ts";
import type { ComputedReport } from "../../core/reports/computed-report.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { applicationsById, type DeclaredApplication } from "../../db/application.ts";
import type { LogKey } from "../../db/ledger-walk.ts";
import { declarationsBefore } from "../../db/report-applications.ts";
import type { SqlTransaction } from "../../db/with-tenant.ts";
import type { RegisterItemAt } from "../register/read-register-at.ts";
import { organisationOf, wordOf } from "./state-register.ts";

/** A tenant's applications as they were declared when its log had this size. */
export async function applicationsAt(
  sql: SqlTransaction,
  log: LogKey,
  size: number,
): Promise<ReadonlyMap<string, DeclaredApplication>> {
  const applications = await applicationsById(sql, [log.tenantId]);
  for (const { applicationId, dataCategory, purpose, owner } of await declarationsBefore(sql, log, size)) {
    const now = applications.get(applicationId);
    if (now !== undefined)
      applications.set(applicationId, {
        ...now,
        dataCategory: dataCategory as DataCategory,
        purpose,
        owner,
      });
  }
  return applications;
}

/** Applications of the report's calls; all others have nothing to do with it. */
export function systemOf(
  computed: ComputedReport,
  applications: ReadonlyMap<string, DeclaredApplication>,
  items: readonly RegisterItemAt[],
): Omit<StatedReport["system"], "retention"> {
  const named = new Set(computed.results.applications.rows.map((row) => row.application_id));
  const { purpose, dataFlow, subprocessors, keyCustody } = descriptionIn(items);
  const words = [purpose, dataFlow, subprocessors, keyCustody].filter((text) => text !== undefined);
  return {
    words: words.length > 0 ? words : ["No description of the system is in the register."],
    applications: [...applications.values()]
      .filter(({ id }) => named.has(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((application) => ({
        id: application.id,
        name: application.name,
        environment: application.environment,
        purpose: application.purpose === "" ? null : application.purpose,
        data: dataCategoryWords[application.dataCategory],
        owner: application.owner,
      })),
  };
}

/** With who is what in law, and what else is out of scope, where the register says it. */
export function scopeOf(
  fixed: StatedReport["scope"],
  items: readonly RegisterItemAt[],
): StatedReport["scope"] {
  const organisation = organisationOf(items);
  const role = organisation && wordOf(organisation, "role");
  const { outOfScope } = descriptionIn(items);
  return {
    ...fixed,
    roles:
      organisation === null
        ? fixed.roles
        : [`${organisation.fields.legalName ?? "The tenant"}: ${role ?? "role not stated"}.`],
    out_of_scope: outOfScope === undefined ? fixed.out_of_scope : [...fixed.out_of_scope, outOfScope],
  };
}

function descriptionIn(items: readonly RegisterItemAt[]): Readonly<Record<string, string>> {
  const found = items.find(
    ({ content }) => content.kind === "system_description" && content.state === "recorded",
  );
  return found?.content.fields ?? {};
}
