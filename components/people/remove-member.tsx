"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { removeMember } from "../../lib/client/people.ts";
import type { MemberSummary } from "../../lib/contracts/people.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

export type RemoveMemberProps = {
  tenant: { readonly slug: string; readonly name: string };
  member: MemberSummary;
  /** Id of the text that says why it is disabled; null: it is not. */
  disabledBy: string | null;
};

/** Ends a membership; one's own is left. */
export function RemoveMember({ tenant, member, disabledBy }: RemoveMemberProps) {
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
