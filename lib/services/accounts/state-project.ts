import type { ProjectStatement } from "../../db/provider-account.ts";
import { mutation } from "../mutation.ts";

type Input = { readonly tenant: string; readonly accountId: string; readonly statement: ProjectStatement };

/** Writes down what the provider says of a project: for the first time, or something else than before. */
export const stateProject = mutation<Input, void>({
  permission: "pin:attest",
  event: "project.stated",
  changesConfig: false,
  run: async ({ tx, tenant: { tenantId }, at }, { accountId, statement }) => {
    await tx.providerProject.createMany({
      data: [{ tenantId, accountId, ...statement, firstSeenAt: at, lastSeenAt: at }],
    });
    const { projectId, ...said } = statement;
    return { output: undefined, subject: projectId, detail: { projectId, accountId, ...said } };
  },
});
