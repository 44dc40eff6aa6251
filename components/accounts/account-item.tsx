"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isBeingRead, readAccountNow, replaceAccount, revokeAccount } from "../../lib/client/accounts.ts";
import type { AccountSummary } from "../../lib/contracts/accounts.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { Notice } from "../ui/notice.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Time } from "../ui/time.tsx";
import { AccountKeyDialog } from "./account-key-dialog.tsx";
import { outcomeWords } from "./account-words.ts";
import { ProjectList } from "./project-list.tsx";

export type AccountItemProps = {
  account: AccountSummary;
  tenant: TenantDetail;
  /** Id of the text that says why nothing may be changed; null: it may. */
  forbiddenBy: string | null;
};

/** One organization: whether it can be read, when it was, and what it says of the tenant's projects. */
export function AccountItem({ account, tenant, forbiddenBy }: AccountItemProps) {
  const { label, hint, revokedAt, failingSince, lastOutcome, projects } = account;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-base">{label}</h3>
        <code className="font-mono text-faint text-xs">…{hint}</code>
        {tenant.mode === "simulated" ? <SimulatedBadge /> : null}
        <StateBadge account={account} />
        {revokedAt === null ? <Actions account={account} forbiddenBy={forbiddenBy} tenant={tenant} /> : null}
      </div>
      {revokedAt === null && failingSince !== null && lastOutcome !== null ? (
        <Notice tone="doubt">
          No reading succeeded since <Time at={failingSince} />. {outcomeWords[lastOutcome]}
          {projects.length === 0 ? null : " Below stands what was read before."}
        </Notice>
      ) : null}
      <DefinitionList items={timesOf(account)} />
      {revokedAt === null ? <ProjectList account={account} projects={projects} /> : null}
    </li>
  );
}

function StateBadge({ account }: { account: AccountSummary }) {
  if (account.revokedAt !== null) return <Badge tone="outline">Removed</Badge>;
  if (isBeingRead(account)) return <Badge tone="accent">Being read</Badge>;
  if (account.failingSince !== null) return <Badge tone="unverifiable">Not readable</Badge>;
  return null;
}

function timesOf({ addedBy, createdAt, revokedAt, lastReadAt, failingSince }: AccountSummary): Definition[] {
  const added = {
    term: "Key added",
    value: (
      <>
        <Time at={createdAt} /> by {addedBy}
      </>
    ),
  };
  if (revokedAt !== null) return [added, { term: "Removed", value: <Time at={revokedAt} /> }];
  return [
    {
      term: failingSince === null ? "Last read" : "Last asked",
      value: lastReadAt === null ? <span className="text-faint">Not yet</span> : <Time at={lastReadAt} />,
    },
    added,
  ];
}

function Actions({ account, tenant, forbiddenBy }: AccountItemProps) {
  const client = useQueryClient();
  const read = useMutation(readAccountNow(client, tenant.slug, account.id));
  const replace = useMutation(replaceAccount(client, tenant.slug, account.id));
  const revoke = useMutation(revokeAccount(client, tenant.slug, account.id));
  const { label } = account;
  const isWaiting = isBeingRead(account) || read.isPending;
  const control = {
    "aria-describedby": forbiddenBy ?? undefined,
    look: "quiet",
    size: "sm",
  } as const;
  return (
    <span className="ml-auto flex flex-wrap gap-1">
      <Button
        {...control}
        aria-busy={isWaiting}
        aria-label={`Read now: the organization ${label}`}
        disabled={forbiddenBy !== null || isWaiting}
        onClick={() => read.mutate(undefined)}
      >
        Read now
      </Button>
      <AccountKeyDialog
        asksLabel={false}
        description="The old key is not used from then on. Delete it at OpenAI as well."
        doing="Replacing…"
        error={replace.error}
        isPending={replace.isPending}
        mode={tenant.mode}
        onReset={replace.reset}
        onSubmit={({ secret }, done) => replace.mutate({ secret }, { onSuccess: done })}
        title={`Replace the admin key of ${label}`}
        trigger={
          <Button
            {...control}
            aria-label={`Replace the admin key of ${label}`}
            disabled={forbiddenBy !== null}
          >
            Replace
          </Button>
        }
        verb="Replace admin key"
      />
      <ConfirmDialog
        onConfirm={() => revoke.mutateAsync(undefined)}
        title={`Stop reading the organization ${label}?`}
        trigger={
          <Button
            {...control}
            aria-label={`Remove the admin key of ${label}`}
            disabled={forbiddenBy !== null}
          >
            Remove
          </Button>
        }
        verb="Remove admin key"
      >
        What was read stays, and so do the pins that follow from it; from then on nobody looks whether they
        still hold. This cannot be undone here. Delete the key at OpenAI as well.
      </ConfirmDialog>
    </span>
  );
}
