"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { changeRole } from "../../lib/client/people.ts";
import type { MemberSummary } from "../../lib/contracts/people.ts";
import { mayInTenant, type Role, roles } from "../../lib/core/access/role.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormEnd } from "../ui/form-end.tsx";
import { Notice } from "../ui/notice.tsx";
import { roleOptions } from "./role-words.ts";

export type ChangeRoleDialogProps = { slug: string; member: MemberSummary; disabledBy: string | null };

/** Another role for a member. */
export function ChangeRoleDialog({ slug, member, disabledBy }: ChangeRoleDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      description="It counts from the next request on. The change is an entry of the tenant's log, and the role before stays in the list below."
      onOpenChange={setOpen}
      open={open}
      title={`Change the role of ${member.name}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Change role of ${member.name}`}
          className="h-6"
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Change role
        </Button>
      }
    >
      <ChangeRoleForm member={member} onDone={() => setOpen(false)} slug={slug} />
    </Dialog>
  );
}

type ChangeRoleFormProps = { slug: string; member: MemberSummary; onDone: () => void };

function ChangeRoleForm({ slug, member, onDone }: ChangeRoleFormProps) {
  const router = useRouter();
  const change = useMutation(changeRole(useQueryClient()));
  const [role, setRole] = useState<Role>(roles.find((each) => each === member.role) ?? "auditor");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem(role === member.role ? `${member.name} is ${role} already. Choose another role.` : null);
    if (role === member.role) return;
    change.mutate(
      { tenant: slug, personId: member.personId, role },
      {
        onSuccess: () => {
          onDone();
          // What the pages around offer hangs on the reader's own role.
          if (member.isSelf) router.refresh();
        },
      },
    );
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <ChoiceList legend="Role" name="role" onChange={setRole} options={roleOptions} value={role} />
      {member.isSelf && !mayInTenant(role, "person:write") ? (
        <Notice live tone="doubt">
          This is yourself. As {role} you cannot take it back: another admin has to.
        </Notice>
      ) : null}
      <FormEnd
        doing="Changing…"
        error={problem ?? change.error}
        isPending={change.isPending}
        verb="Change role"
      />
    </form>
  );
}
