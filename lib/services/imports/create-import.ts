import { v7 } from "uuid";
import type { CreateImportInput, ImportSummary } from "../../contracts/imports.ts";
import { mappingProblems } from "../../core/intake/csv-mapping.ts";
import { ensureApplication } from "../../db/application.ts";
import { findImport, insertImport } from "../../db/import.ts";
import { mutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { importSummary } from "./import-summary.ts";

/** Begins the import of a file for an application, which is made where there is none of that name. Its pieces follow. */
export const createImport = mutation<CreateImportInput, ImportSummary>({
  permission: "call:import",
  event: "import.started",
  changesConfig: false,
  run: async ({ tx, tenant, actor, actorName, at }, input) => {
    const { csv, environment, format, fileName, fileBytes, dryRun } = input;
    const problems = csv ? mappingProblems(csv.mapping, csv.headers) : [];
    if (problems.length > 0)
      throw new Refusal("invalid_input", "The file cannot be read by this mapping.", {
        fields: problems.map((message) => ({ field: "csv.mapping", message })),
      });
    const application = await ensureApplication(tx, {
      tenantId: tenant.tenantId,
      id: v7(),
      name: input.application,
      environment,
      purpose: "",
      dataCategory: "unknown",
      owner: null,
    });
    const id = v7();
    await insertImport(tx, {
      tenantId: tenant.tenantId,
      id,
      applicationId: application.id,
      format,
      fileName,
      fileBytes: BigInt(fileBytes),
      mapping: csv ?? null,
      dryRun,
      startedBy: actorName,
      startedById: actor.kind === "person" ? actor.personId : null,
      createdAt: at,
    });
    const row = await findImport(tx, tenant.tenantId, id);
    if (!row) throw new Error("An import is not there after it was written.");
    return {
      output: importSummary(row, { tenant: tenant.slug, application: application.name, partsWaiting: 0 }),
      subject: id,
      detail: { application: application.name, environment, format, fileName, fileBytes, dryRun },
    };
  },
});
