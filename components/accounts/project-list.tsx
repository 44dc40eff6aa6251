"use client";

import type { AccountProject, AccountSummary } from "../../lib/contracts/accounts.ts";
import { useCatalog } from "../regions/use-catalog.ts";
import { Badge } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { Time } from "../ui/time.tsx";
import { residencyWords, retentionWords } from "./account-words.ts";

export type ProjectListProps = { account: AccountSummary; projects: readonly AccountProject[] };

/** What the provider says of each project that a key of the tenant names. */
export function ProjectList({ account: { label, lastReadAt, lastOutcome }, projects }: ProjectListProps) {
  if (projects.length === 0)
    return lastReadAt !== null && lastOutcome === "ok" ? (
      <p className="text-muted text-sm">It has no project that a provider key of this tenant names.</p>
    ) : null;
  return (
    <ul aria-label={`Projects of ${label}`} className="mt-1 grid gap-3 lg:grid-cols-2">
      {projects.map((project) => (
        <Project
          isGone={lastOutcome === "ok" && lastReadAt !== null && isLeftOut(project, lastReadAt)}
          key={project.projectId}
          project={project}
        />
      ))}
    </ul>
  );
}

/** The last reading came later than anything that was said of it. A reading of all projects takes less than this. */
const readingMs = 10 * 60_000;

function isLeftOut({ lastSeenAt }: AccountProject, lastReadAt: string): boolean {
  return Date.parse(lastReadAt) - Date.parse(lastSeenAt) > readingMs;
}

function Project({ project, isGone }: { project: AccountProject; isGone: boolean }) {
  const catalog = useCatalog();
  const { projectId, name, status, residency, firstSeenAt, lastSeenAt, keys } = project;
  return (
    <li className="min-w-0 rounded-md border bg-sunken px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 pb-1">
        <span className="min-w-0 break-words font-medium text-sm">{name ?? "Without a name"}</span>
        {status === null || status === "active" ? null : <Badge tone="outline">{status}</Badge>}
        <Copyable className="text-faint" length={24} text={projectId} what="project id" />
      </div>
      <DefinitionList
        items={[
          {
            term: "Residency",
            value: (
              <>
                <span className="block">{residencyWords(residency, catalog)}</span>
                {residency === null ? null : (
                  <code className="break-all font-mono text-faint text-xs">{residency}</code>
                )}
              </>
            ),
          },
          { term: "Data retention", value: retentionWords(project) },
          {
            term: "Provider keys",
            value: keys.length === 0 ? <span className="text-faint">None in use</span> : keys.join(", "),
          },
          {
            term: "OpenAI says so",
            value: (
              <>
                since <Time at={firstSeenAt} />
                {isGone ? (
                  <>
                    ; last on <Time at={lastSeenAt} />
                  </>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </li>
  );
}
