import type { ApplicationSummary, DeclareApplicationInput } from "../../contracts/applications.ts";
import { severity } from "../../core/findings/severity.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { changeSeverity, workedOnFindings } from "../../db/application.ts";
import { isUuid } from "../access.ts";
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
  run: async ({ tx, tenant: { tenantId } }, { applicationId: id, purpose, dataCategory, owner }) => {
    const before = isUuid(id) ? await tx.application.findFirst({ where: { tenantId, id } }) : null;
    if (!before) throw new Refusal("not_found", "There is no such application.");
    const data = { purpose, dataCategory, owner: owner === "" ? null : owner };
    await tx.application.updateMany({ where: { tenantId, id }, data });
    let moved = 0;
    for (const finding of await workedOnFindings(tx, tenantId, id)) {
      const now = severity(finding.cause as FindingCause, { ...before, ...data });
      if (now === finding.severity) continue;
      await changeSeverity(tx, tenantId, finding.id, now);
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
