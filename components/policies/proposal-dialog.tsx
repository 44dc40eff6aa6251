"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { decideProposal, type ProposalAct } from "../../lib/client/policies.ts";
import type { ProposalSummary } from "../../lib/contracts/policies.ts";
import { Button, type ButtonProps } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { formatInstant } from "../ui/format-time.ts";
import { Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";

export type ProposalDialogProps = {
  act: ProposalAct;
  proposal: ProposalSummary;
  slug: string;
  /** Id of the sentence that says why it cannot be done; absent where it can. */
  describedBy?: string;
};

type Words = { verb: string; title: string; description: string; look: ButtonProps["look"] };

const words: Readonly<Record<ProposalAct, Words>> = {
  approve: {
    verb: "Approve",
    title: "Approve the change",
    description:
      "It becomes the tenant's next version and takes effect 30 seconds later. Your name stands beside the requester's, for good.",
    look: "primary",
  },
  reject: {
    verb: "Reject",
    title: "Reject the change",
    description: "The policy stays as it is. The proposal and your note stay on record.",
    look: "plain",
  },
  withdraw: {
    verb: "Withdraw",
    title: "Withdraw the proposal",
    description: "The policy stays as it is. The proposal stays on record.",
    look: "plain",
  },
};

/** Asks before a proposal is decided; the note is kept with the decision. */
export function ProposalDialog({ act, proposal, slug, describedBy }: ProposalDialogProps) {
  const [open, setOpen] = useState(false);
  const decide = useMutation(decideProposal(useQueryClient(), slug, proposal.id));
  const { verb, title, description, look } = words[act];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note") ?? "");
    decide.mutate(
      { act, note },
      {
        onSuccess: (saved) => {
          toast(
            saved?.kind === "saved"
              ? `Version ${saved.version} takes effect on ${formatInstant(saved.effectiveAt, "second")}`
              : `${verb === "Withdraw" ? "Withdrawn" : "Rejected"}: the policy stays as it is`,
          );
          setOpen(false);
        },
      },
    );
  };
  return (
    <Dialog
      description={description}
      onOpenChange={setOpen}
      open={open}
      title={title}
      trigger={
        <Button aria-describedby={describedBy} disabled={describedBy !== undefined} look={look}>
          {verb}
        </Button>
      }
    >
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Note" optional>
          <Textarea maxLength={2000} name="note" rows={3} />
        </Field>
        {decide.error ? (
          <Notice live tone="outside">
            {decide.error.message}
          </Notice>
        ) : null}
        <DialogActions>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button aria-busy={decide.isPending} disabled={decide.isPending} look="primary" type="submit">
            {title}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
