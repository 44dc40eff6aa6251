"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { membersQuery } from "../../lib/client/people.ts";
import type { MemberBook, MemberSummary } from "../../lib/contracts/people.ts";
import type { Column } from "../data-table/data-table.tsx";
import { FrameBody, TenantFrame } from "../settings/tenant-frame.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { AddMemberDialog } from "./add-member-dialog.tsx";
import { ChangeRoleDialog } from "./change-role-dialog.tsx";
import { DeploymentPeople } from "./deployment-people.tsx";
import { EndedTable } from "./ended-table.tsx";
import { LastSignIn } from "./last-sign-in.tsx";
import { MemberTable } from "./member-table.tsx";
import { RemoveMember } from "./remove-member.tsx";

export type PeoplePageProps = {
  slug: string;
  /** Whether the reader is an administrator of the deployment. */
  deploymentAdmin: boolean;
};

/** Who sees a tenant, as what; for administrators of the deployment also everybody who may sign in. */
export function PeoplePage({ slug, deploymentAdmin }: PeoplePageProps) {
  const { data, error, refetch } = useQuery(membersQuery(slug));
  return (
    <TenantFrame sentence={data ? <Sentence book={data} /> : null} slug={slug} title="People">
      {data ? (
        <Members book={data} mayCreate={deploymentAdmin} />
      ) : (
        <FrameBody error={error} onRetry={() => void refetch()} what="the people of the tenant" />
      )}
      {deploymentAdmin ? <DeploymentPeople /> : null}
    </TenantFrame>
  );
}

function Sentence({ book: { members } }: { book: MemberBook }) {
  const deciders = members.filter(
    ({ role, isDisabled }) => !isDisabled && (role === "admin" || role === "officer"),
  );
  return (
    <>
      {formatNoun(members.length, "member")} ·{" "}
      {deciders.length < 2
        ? "what needs two people cannot be approved: it takes two admins or officers"
        : `${deciders.length} may ask for and approve what needs two people`}
    </>
  );
}

function Members({ book, mayCreate }: { book: MemberBook; mayCreate: boolean }) {
  const { tenant, members, ended } = book;
  const forbidden = permissionReason(tenant.role, "person:write");
  const reasonId = useId();
  const disabledBy = forbidden === null ? null : reasonId;
  return (
    <>
      <Section
        action={<AddMemberDialog disabledBy={disabledBy} mayCreate={mayCreate} tenant={tenant} />}
        note={`Who sees ${tenant.name}. Each change is an entry of its log.`}
        title="Members"
      >
        {forbidden === null ? null : (
          <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
            {forbidden}
          </p>
        )}
        <MemberTable columns={columnsOf(tenant, disabledBy)} members={members} />
      </Section>
      <Section note="Who was a member, and the roles that members had before." title="Ended">
        <EndedTable ended={ended} />
      </Section>
    </>
  );
}

/** `disabledBy`: id of the text that says why nothing can be changed; null: it can. */
function columnsOf(
  tenant: MemberBook["tenant"],
  disabledBy: string | null,
): readonly Column<MemberSummary>[] {
  return [
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
}
