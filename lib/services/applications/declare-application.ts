import type { ApplicationSummary, DeclareApplicationInput } from "../../contracts/applications.ts";
import { type DataCategory, dataCategoryWords } from "../../core/findings/data-category.ts";
import { severity } from "../../core/findings/severity.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { changeSeverity, workedOnFindings } from "../../db/application.ts";
import { isUuid } from "../access.ts";
import { noteFinding } from "../findings/change-finding.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { applicationSummary } from "./application-summary.ts";

type Input = DeclareApplicationInput & { readonly tenant: string; readonly applicationId: string };

/**
 * What the owner says of an application: purpose, kind of data, who answers for it. Cases of the application that
 * somebody still works on get the severity that the declared data gives them; closed ones keep theirs.
 */
export const declareApplication = mutation<Input, ApplicationSummary>({
  permission: "application:declare",
  event: "application.declared",
  changesConfig: false,
  run: async (context, { applicationId: id, purpose, dataCategory, owner }) => {
    const { tx, tenant } = context;
    const { tenantId } = tenant;
    const before = isUuid(id) ? await tx.application.findFirst({ where: { tenantId, id } }) : null;
    if (!before) throw new Refusal("not_found", "There is no such application.");
    const data = { purpose, dataCategory, owner: owner === "" ? null : owner };
    await tx.application.updateMany({ where: { tenantId, id }, data });
    let moved = 0;
    for (const finding of await workedOnFindings(tx, tenantId, id)) {
      const now = severity(finding.cause as FindingCause, { ...before, ...data });
      if (now === finding.severity) continue;
      await changeSeverity(tx, tenantId, finding.id, now);
      const note = `Severity ${finding.severity} became ${now}: ${whatChanged(before, data)}.`;
      await noteFinding(context, { tenantId, id: finding.id }, { kind: "severity_changed", note });
      moved += 1;
    }
    return {
      output: applicationSummary({ ...before, ...data }),
      subject: id,
      detail: {
        name: before.name,
        environment: before.environment,
        dataCategory,
        dataCategoryBefore: before.dataCategory,
        owner: data.owner,
        ownerBefore: before.owner,
        purpose,
        purposeBefore: before.purpose,
        findingsMoved: moved,
      },
    };
  },
});

/** "the data of loan-desk is declared as public, so far personal": what of a declaration a severity hangs on. */
function whatChanged(
  before: { readonly name: string } & Declared,
  { dataCategory, purpose, owner }: Declared,
): string {
  const changes = [
    dataCategory === before.dataCategory
      ? null
      : `the data of ${before.name} was declared as ${wordOf(dataCategory)}, so far ${wordOf(before.dataCategory)}`,
    owner === before.owner
      ? null
      : `${owner === null ? "nobody answers" : "somebody else answers"} for ${before.name}`,
    purpose === before.purpose ? null : `its purpose was ${purpose === "" ? "taken away" : "declared"}`,
  ].filter((part) => part !== null);
  return changes.length === 0 ? `${before.name} was declared anew` : changes.join("; ");
}

type Declared = { readonly dataCategory: string; readonly purpose: string; readonly owner: string | null };

function wordOf(category: string): string {
  return dataCategoryWords[category as DataCategory].toLowerCase();
}
