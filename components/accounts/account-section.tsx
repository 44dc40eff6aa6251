"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { accountsQuery, addAccount } from "../../lib/client/accounts.ts";
import { tenantQuery } from "../../lib/client/tenants.ts";
import type { AccountList } from "../../lib/contracts/accounts.ts";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { AccountItem } from "./account-item.tsx";
import { AccountKeyDialog } from "./account-key-dialog.tsx";

/** The organizations at the provider that the tenant can read, and what they say of its projects. */
export function AccountSection({ tenant }: { tenant: TenantDetail }) {
  const reasonId = useId();
  const forbidden = permissionReason(tenant.role, "credential:write");
  const forbiddenBy = forbidden === null ? null : reasonId;
  const { data, error, refetch } = useQuery(accountsQuery(tenant.slug));
  useFreshPins(tenant.slug, data);
  return (
    <Section
      action={<AddAccount disabledBy={forbiddenBy} tenant={tenant} />}
      note="Read each hour with an admin key: what each project is bound to, and how much it used. The key is encrypted, and sent to api.openai.com and nowhere else."
      title="OpenAI organization"
    >
      {forbidden === null ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      {data ? (
        <Accounts forbiddenBy={forbiddenBy} list={data} tenant={tenant} />
      ) : error ? (
        <ErrorPanel
          className="m-4"
          error={error}
          onRetry={() => void refetch()}
          title="The organizations could not be loaded"
        />
      ) : (
        <div className="flex flex-col gap-3 p-4">
          <Loading what="the organizations" />
          <Skeleton />
          <Skeleton className="w-4/5" />
        </div>
      )}
    </Section>
  );
}

type AccountsProps = { list: AccountList; tenant: TenantDetail; forbiddenBy: string | null };

function Accounts({ list, tenant, forbiddenBy }: AccountsProps) {
  const { accounts } = list;
  const used = accounts.filter(({ revokedAt }) => revokedAt === null);
  if (accounts.length === 0)
    return (
      <Empty kind="no-data" title="No organization yet">
        Without an admin key, what a project is bound to is what a person says or a probe shows, and nobody
        compares the record with OpenAI's own count of requests.
      </Empty>
    );
  return (
    <>
      <ul className="divide-y divide-line">
        {[...used, ...accounts.filter(({ revokedAt }) => revokedAt !== null)].map((account) => (
          <AccountItem account={account} forbiddenBy={forbiddenBy} key={account.id} tenant={tenant} />
        ))}
      </ul>
      {used.length === 0 ? null : <Unread list={list} />}
    </>
  );
}

/** Keys of which nothing can be read, and why. */
function Unread({ list: { accounts, keysWithoutProject, unknownProjects } }: { list: AccountList }) {
  const wasRead = accounts.some(({ revokedAt, lastOutcome }) => revokedAt === null && lastOutcome === "ok");
  const unknown = wasRead ? unknownProjects : [];
  if (keysWithoutProject.length === 0 && unknown.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-t px-4 py-3">
      {keysWithoutProject.length === 0 ? null : (
        <Notice tone="doubt">
          Nothing can be read for {keysWithoutProject.join(", ")}: nobody named the project. Name it under
          “Provider keys and pins”.
        </Notice>
      )}
      {unknown.map(({ projectId, keys }) => (
        <Notice key={projectId} tone="doubt">
          <code className="break-all font-mono text-xs">{projectId}</code>, named by {keys.join(", ")}, is a
          project of none of these organizations.
        </Notice>
      ))}
    </div>
  );
}

function AddAccount({ tenant, disabledBy }: { tenant: TenantDetail; disabledBy: string | null }) {
  const add = useMutation(addAccount(useQueryClient(), tenant.slug));
  return (
    <AccountKeyDialog
      asksLabel
      description="Of a whole organization, so that it can read more than this tenant's. Only projects that a provider key of this tenant names are asked for. Whoever may open this tenant sees their figures."
      doing="Adding…"
      error={add.error}
      isPending={add.isPending}
      mode={tenant.mode}
      onReset={add.reset}
      onSubmit={(given, done) => add.mutate(given, { onSuccess: done })}
      title="Add admin key"
      trigger={
        <Button aria-describedby={disabledBy ?? undefined} disabled={disabledBy !== null} size="sm">
          <Plus aria-hidden="true" />
          Add admin key
        </Button>
      }
      verb="Add admin key"
    />
  );
}

/** A reading may have made pins: when one has ended since the page was opened, the keys are shown as they are now. */
function useFreshPins(slug: string, list: AccountList | undefined): void {
  const client = useQueryClient();
  const readAt = list?.accounts.map(({ lastReadAt }) => lastReadAt ?? "").join();
  const before = useRef(readAt);
  useEffect(() => {
    const isNews = before.current !== undefined && before.current !== readAt;
    before.current = readAt;
    if (isNews) void client.invalidateQueries({ queryKey: tenantQuery(slug).queryKey });
  }, [client, slug, readAt]);
}
