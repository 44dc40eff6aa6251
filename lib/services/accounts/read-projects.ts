import type { AccountOutcome } from "../../core/accounts/account-outcome.ts";
import { type AccountQuestion, type AnswerOf, isProjectId } from "../../core/accounts/account-question.ts";
import type { ProjectStatement } from "../../db/provider-account.ts";
import type { AskProvider } from "./ask-provider.ts";

export type ProjectsReading = {
  /** Of the projects that the organization has. */
  readonly statements: readonly ProjectStatement[];
  /** `ok`, or why it ended before its end; what was read until then counts. */
  readonly outcome: AccountOutcome;
};

/**
 * Asks for each project, its data retention, and, where a project follows it, that of the organization. Where no project is
 * named one question is asked all the same, which tells whether the key is any good. A project that the key may not read is
 * as one that the organization does not have, as long as it may read another.
 */
export async function readProjects(
  ask: AskProvider,
  { tenantId, accountId }: { readonly tenantId: string; readonly accountId: string },
  projectIds: readonly string[],
): Promise<ProjectsReading> {
  const statements: ProjectStatement[] = [];
  const put = <Question extends AccountQuestion>(question: Question) =>
    readable<Question>(() => ask({ tenantId, accountId, question }));
  const askable = projectIds.filter(isProjectId);
  if (askable.length === 0) {
    const { outcome } = await ask({ tenantId, accountId, question: { kind: "organization_retention" } });
    return { statements, outcome };
  }
  let refused = 0;
  let ofOrganization: Read<{ readonly kind: "organization_retention" }> | null = null;
  for (const projectId of askable) {
    const project = await ask({ tenantId, accountId, question: { kind: "project", projectId } });
    if (project.outcome === "not_permitted") refused += 1;
    if (project.outcome === "not_found" || project.outcome === "not_permitted") continue;
    if (project.outcome !== "ok") return { statements, outcome: project.outcome };
    const own = await put({ kind: "project_retention", projectId });
    if (own.outcome !== "ok") return { statements, outcome: own.outcome };
    const retention = own.body?.retention ?? null;
    if (retention === "organization_default")
      ofOrganization ??= await put({ kind: "organization_retention" });
    if (ofOrganization !== null && ofOrganization.outcome !== "ok")
      return { statements, outcome: ofOrganization.outcome };
    const { name, status, residency } = project.body;
    statements.push({
      projectId,
      name,
      status,
      residency,
      retention,
      organizationRetention:
        retention === "organization_default" ? (ofOrganization?.body?.retention ?? null) : null,
    });
  }
  return { statements, outcome: refused === askable.length ? "not_permitted" : "ok" };
}

type Read<Question extends AccountQuestion> = {
  readonly outcome: AccountOutcome;
  /** null with `ok`: this key may not read it, which is known and no failure. */
  readonly body: AnswerOf<Question> | null;
};

async function readable<Question extends AccountQuestion>(
  ask: () => Promise<Read<Question>>,
): Promise<Read<Question>> {
  const answer = await ask();
  const isClosed = answer.outcome === "not_permitted" || answer.outcome === "not_found";
  return isClosed ? { outcome: "ok", body: null } : answer;
}
