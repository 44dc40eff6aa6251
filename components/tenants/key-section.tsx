"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { revokeKey } from "../../lib/client/tenants.ts";
import type { KeySummary, TenantDetail } from "../../lib/contracts/tenants.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { hasEnded, KeyLimitWords, KeyState } from "./key-state.tsx";
import { permissionReason } from "./permission-reason.ts";
import { RotateKeyDialog } from "./rotate-key-dialog.tsx";

export type KeySectionProps = { tenant: TenantDetail; gatewayUrl: string };

/** The tenant's keys. What is stored of a key is a keyed hash: it cannot be shown again. */
export function KeySection({ tenant, gatewayUrl }: KeySectionProps) {
  const client = useQueryClient();
  const revoke = useMutation(revokeKey(client, tenant.slug));
  const forbidden = permissionReason(tenant.role, "key:write");
  const reasonId = useId();
  const [replacing, setReplacing] = useState<KeySummary | null>(null);
  const columns: readonly Column<KeySummary>[] = [
    ...described,
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (key) =>
        hasEnded(key) ? null : (
          <span className="flex justify-end gap-1">
            <Button
              aria-describedby={forbidden === null ? undefined : reasonId}
              aria-haspopup="dialog"
              aria-label={`Replace the key ${key.name}`}
              className="h-6"
              disabled={forbidden !== null}
              look="quiet"
              onClick={() => setReplacing(key)}
              size="sm"
            >
              Replace
            </Button>
            <ConfirmDialog
              onConfirm={() => revoke.mutateAsync(key.id)}
              title={`Revoke the key ${key.name}?`}
              trigger={
                <Button
                  aria-describedby={forbidden === null ? undefined : reasonId}
                  aria-label={`Revoke the key ${key.name}`}
                  disabled={forbidden !== null}
                  className="h-6"
                  look="quiet"
                  size="sm"
                >
                  Revoke
                </Button>
              }
              verb="Revoke key"
            >
              Gateways refuse it within five seconds, and {key.application} can no longer call with it. This
              cannot be undone. Calls made with it stay in the record.
            </ConfirmDialog>
          </span>
        ),
    },
  ];
  return (
    <Section
      action={
        <CreateKeyDialog
          disabledBy={forbidden === null ? null : reasonId}
          gatewayUrl={gatewayUrl}
          tenant={tenant}
        />
      }
      note="What applications send instead of an OpenAI key. Shown once, kept as a keyed hash."
      title="Keys"
    >
      {forbidden === null ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      <DataTable
        caption="All keys of the tenant"
        columns={columns}
        empty={
          <Empty kind="no-data" title="No key yet">
            An application needs one to call through the gateway.
          </Empty>
        }
        rowClassName={(key) => (hasEnded(key) ? "text-faint" : undefined)}
        rowKey={({ id }) => id}
        rows={inUseFirst(tenant.keys)}
      />
      {replacing === null ? null : (
        <RotateKeyDialog
          gatewayUrl={gatewayUrl}
          key={replacing.id}
          of={replacing}
          onClose={() => setReplacing(null)}
          tenant={tenant.slug}
        />
      )}
    </Section>
  );
}

/** Keys in use, newest first, before those that have ended. */
function inUseFirst(keys: readonly KeySummary[]): readonly KeySummary[] {
  return keys.toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));
}

const described: readonly Column<KeySummary>[] = [
  {
    id: "name",
    header: "Key",
    cell: ({ name, hint }) => (
      <span className="flex flex-col">
        <span className="max-w-52 truncate font-medium" title={name}>
          {name}
        </span>
        <code className="font-mono text-faint text-xs">{hint}</code>
      </span>
    ),
  },
  { id: "kind", header: "For", cell: ({ kind }) => (kind === "gateway" ? "Sending" : "Recording only") },
  { id: "application", header: "Application", cell: ({ application }) => application },
  {
    id: "target",
    header: "Target",
    cell: ({ target }) =>
      target === "policy" ? "As the policy routes" : <code className="font-mono text-xs">{target}</code>,
  },
  { id: "limits", header: "Limits", cell: (key) => <KeyLimitWords of={key} /> },
  { id: "state", header: "Taken", cell: (key) => <KeyState of={key} /> },
  {
    id: "created",
    header: "Created",
    cell: ({ createdAt }) => <Time at={createdAt} precision="day" />,
  },
  {
    id: "used",
    header: "Last used",
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? (
        <span className="text-faint">Never</span>
      ) : (
        <Time at={lastUsedAt} precision="day" />
      ),
  },
];
