"use client";

import Link from "next/link";
import type { CoverageTenant, UsageCoverage } from "../../lib/contracts/coverage.ts";
import { mayInTenant, type Role } from "../../lib/core/access/role.ts";
import { useTenants } from "../layout/tenants.tsx";
import { Button } from "../ui/button.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { formatInstant } from "../ui/format-time.ts";
import { Section } from "../ui/section.tsx";
import { daysWords } from "./days-words.ts";

/** What of these tenants is not compared, and what to do about it. */
export function CoverageLimits({ coverage: { tenants } }: { coverage: UsageCoverage }) {
  const limited = tenants.flatMap((tenant) => {
    const limits = limitsOf(tenant);
    return limits.length === 0 ? [] : [{ tenant, limits }];
  });
  if (limited.length === 0) return null;
  return (
    <Section
      note="Of these nothing is known beside the record itself. Projects that no key here names are never looked at."
      title="Not compared"
    >
      <ul className="divide-y divide-line">
        {limited.map(({ tenant, limits }) => (
          <li
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 px-4 py-2.5 text-sm"
            key={tenant.tenant}
          >
            <div className="min-w-0">
              <p className="font-medium">{tenant.tenant}</p>
              {limits.map((limit) => (
                <p className="break-words text-muted" key={limit}>
                  {limit}
                </p>
              ))}
            </div>
            <ToSettings tenant={tenant} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ToSettings({ tenant: { tenant, account } }: { tenant: CoverageTenant }) {
  const known = useTenants().find(({ slug }) => slug === tenant);
  if (known === undefined || !mayInTenant(known.role as Role, "credential:write"))
    return <p className="text-faint text-xs">Its admins see to it under Settings, Tenants.</p>;
  return (
    <Button asChild size="sm">
      <Link href={`/settings/tenants/${encodeURIComponent(tenant)}`}>
        {account === "none" ? "Give an admin key" : "Open the settings"}
      </Link>
    </Button>
  );
}

function limitsOf({ account, failingSince, keysWithoutProject, projects }: CoverageTenant): string[] {
  const unnamed =
    keysWithoutProject === 0
      ? []
      : [
          `${formatNoun(keysWithoutProject, "key")} without a project id: what ${keysWithoutProject === 1 ? "its project" : "their projects"} used is not asked for.`,
        ];
  if (account === "none") return ["No admin key of the organization at OpenAI was given.", ...unnamed];
  return [
    ...(account === "waiting" ? ["OpenAI's figures were not read yet."] : []),
    ...(failingSince === null
      ? []
      : [
          `OpenAI's figures could not be read since ${formatInstant(failingSince)}. Days after that are compared once they can be, up to 30 days back.`,
        ]),
    ...unnamed,
    ...projects.flatMap(({ projectId, name, readAt, unread }) => {
      const title = name === null ? projectId : `${name} (${projectId})`;
      if (readAt === null) return [`${title}: no account of this tenant knows the project.`];
      return unread.map((span) => `${title}: not read, ${daysWords(span)}.`);
    }),
  ];
}
