"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { removeMember } from "../../lib/client/people.ts";
import type { EndedMembership, MemberSummary } from "../../lib/contracts/people.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeRoleDialog } from "./change-role-dialog.tsx";
import { PersonName } from "./person-name.tsx";

export type MemberTableProps = {
  tenant: { readonly slug: string; readonly name: string };
  members: readonly MemberSummary[];
  /** Id of the text that says why nothing can be changed; null: it can. */
  disabledBy: string | null;
};

/** Who is in a tenant, as what, since when. */
export function MemberTable({ tenant, members, disabledBy }: MemberTableProps) {
  const columns: readonly Column<MemberSummary>[] = [
    {
      id: "person",
      header: "Person",
      cell: ({ name, email, isSelf, isDisabled }) => (
        <PersonName email={email} name={name}>
          {isSelf ? <Badge tone="accent">You</Badge> : null}
          {isDisabled ? <Badge tone="outline">Disabled</Badge> : null}
        </PersonName>
      ),
    },
    { id: "role", header: "Role", cell: ({ role }) => <span className="capitalize">{role}</span> },
    { id: "since", header: "In this role since", cell: ({ since }) => <Time at={since} /> },
    { id: "seen", header: "Last sign-in", cell: ({ lastSignInAt }) => <LastSignIn at={lastSignInAt} /> },
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (member) => (
        <span className="flex justify-end gap-1 print:hidden">
          <ChangeRoleDialog disabledBy={disabledBy} member={member} slug={tenant.slug} />
          <RemoveMember disabledBy={disabledBy} member={member} tenant={tenant} />
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="People in the tenant"
      columns={columns}
      empty={
        <Empty kind="no-data" title="Nobody is a member">
          Whoever creates a tenant is its first admin.
        </Empty>
      }
      rowKey={({ personId }) => personId}
      rows={members}
    />
  );
}

export function LastSignIn({ at }: { at: string | null }) {
  return at === null ? <span className="text-faint">Never</span> : <Time at={at} className="text-muted" />;
}

type RemoveMemberProps = {
  tenant: MemberTableProps["tenant"];
  member: MemberSummary;
  disabledBy: string | null;
};

function RemoveMember({ tenant, member, disabledBy }: RemoveMemberProps) {
  const remove = useMutation(removeMember(useQueryClient()));
  const { personId, name, isSelf } = member;
  const confirm = async () => {
    await remove.mutateAsync({ tenant: tenant.slug, personId, leaving: isSelf });
    // A whole load: nothing of the tenant may stay in the caches of who has left it.
    if (isSelf) window.location.assign("/settings/people");
  };
  return (
    <ConfirmDialog
      onConfirm={confirm}
      title={isSelf ? `Leave ${tenant.name}?` : `Remove ${name} from ${tenant.name}?`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={isSelf ? `Leave ${tenant.name}` : `Remove ${name}`}
          className="h-6"
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          {isSelf ? "Leave" : "Remove"}
        </Button>
      }
      verb={isSelf ? "Leave tenant" : "Remove member"}
    >
      {isSelf
        ? "This is yourself. From your next request on you see nothing of this tenant, and only another of its admins can add you again."
        : "From the next request on this person sees nothing of the tenant. What was done stays in its log, under the name it has there. The person may sign in as before."}
    </ConfirmDialog>
  );
}

const endedColumns: readonly Column<EndedMembership>[] = [
  { id: "person", header: "Person", cell: ({ name, email }) => <PersonName email={email} name={name} /> },
  { id: "role", header: "Role", cell: ({ role }) => <span className="capitalize">{role}</span> },
  { id: "since", header: "From", cell: ({ since }) => <Time at={since} /> },
  { id: "ended", header: "Until", cell: ({ endedAt }) => <Time at={endedAt} /> },
];

/** Who was in a tenant, and what members were before. */
export function EndedTable({ ended }: { ended: readonly EndedMembership[] }) {
  return (
    <DataTable
      caption="Memberships and roles that have ended"
      columns={endedColumns}
      empty={
        <Empty className="py-4" kind="nothing-found" title="None has ended">
          Whoever was removed or got another role is listed here.
        </Empty>
      }
      rowKey={({ personId, since }) => `${personId} ${since}`}
      rows={ended}
    />
  );
}
