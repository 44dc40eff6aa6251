"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { changeCallView, deleteCallView } from "../../lib/client/call-views.ts";
import type { CallPageState } from "../../lib/contracts/call-parsers.ts";
import type { CallView } from "../../lib/contracts/call-views.ts";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";

export type SavedViewRowProps = {
  view: CallView;
  /** True: it shows what is on the screen. */
  current: boolean;
  live: CallPageState["live"];
  onOpen: () => void;
};

/** One saved view: the way to it, and what its owner may do with it. */
export function SavedViewRow({ view, current, live, onOpen }: SavedViewRowProps) {
  const [editing, setEditing] = useState(false);
  const client = useQueryClient();
  const remove = useMutation(deleteCallView(client));
  const tenant = useTenants().find(({ slug }) => slug === view.tenant);
  const href = `/calls?${view.query}${live === "on" ? "&live=on" : ""}`;
  return (
    <li className="flex flex-col gap-2 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          aria-current={current ? "page" : undefined}
          className="min-w-0 truncate font-medium text-sm underline-offset-4 hover:underline"
          href={href}
          onClick={onOpen}
          prefetch={false}
          scroll={false}
        >
          {view.name}
        </Link>
        <Badge tone={view.shared ? "accent" : "plain"}>{view.shared ? "Shared" : "Only you"}</Badge>
        <span className="min-w-0 truncate text-muted text-xs">
          {tenant?.name ?? view.tenant}
          {view.mine ? "" : ` · by ${view.savedBy}`}
        </span>
        {view.mayChange ? (
          <span className="ml-auto flex gap-1">
            <Button
              aria-expanded={editing}
              aria-label={`Rename ${view.name}`}
              look="quiet"
              onClick={() => setEditing(!editing)}
              size="sm"
            >
              Rename
            </Button>
            <ConfirmDialog
              onConfirm={() => remove.mutateAsync({ id: view.id, tenant: view.tenant })}
              title={`Delete the view ${view.name}?`}
              trigger={
                <Button aria-label={`Delete ${view.name}`} look="quiet" size="sm">
                  Delete
                </Button>
              }
              verb="Delete view"
            >
              {view.shared ? "It goes for everybody of the tenant. " : ""}The calls it shows stay as they are.
            </ConfirmDialog>
          </span>
        ) : null}
      </div>
      {editing ? <RenameForm onDone={() => setEditing(false)} view={view} /> : null}
    </li>
  );
}

function RenameForm({ view, onDone }: { view: CallView; onDone: () => void }) {
  const change = useMutation(changeCallView(useQueryClient()));
  const tenant = useTenants().find(({ slug }) => slug === view.tenant);
  const mayShare = permissionReason(tenant?.role ?? "", "view:share") === null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate(
      {
        id: view.id,
        tenant: view.tenant,
        name: String(given.get("name") ?? "").trim(),
        shared: given.get("for") === "shared",
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form className="flex flex-wrap items-end gap-2" noValidate onSubmit={submit}>
      <Field className="min-w-40 flex-1" error={change.error?.message ?? null} label="New name">
        <Input autoComplete="off" autoFocus defaultValue={view.name} maxLength={60} name="name" />
      </Field>
      <Field label="For">
        <Select defaultValue={view.shared ? "shared" : "private"} name="for">
          <option value="private">{view.mine ? "Only you" : "Only who saved it"}</option>
          <option disabled={!mayShare} value="shared">
            Everybody
          </option>
        </Select>
      </Field>
      <Button aria-busy={change.isPending} disabled={change.isPending} type="submit">
        Save
      </Button>
    </form>
  );
}
