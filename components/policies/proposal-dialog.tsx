"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { decideProposal, type ProposalAct } from "../../lib/client/policies.ts";
import type { ProposalSummary } from "../../lib/contracts/policies.ts";
import { formatInstant } from "../ui/format-time.ts";
import { DecisionDialog, type DecisionWords } from "./decision-dialog.tsx";

export type ProposalDialogProps = {
  act: ProposalAct;
  proposal: ProposalSummary;
  slug: string;
  /** Id of the sentence that says why it cannot be done; absent where it can. */
  describedBy?: string;
};

const words: Readonly<Record<ProposalAct, DecisionWords>> = {
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

/** Decides a proposed change of a policy. */
export function ProposalDialog({ act, proposal, slug, describedBy }: ProposalDialogProps) {
  const change = useMutation(decideProposal(useQueryClient(), slug, proposal.id));
  const decide = async (note: string) => {
    const saved = await change.mutateAsync({ act, note });
    if (saved?.kind === "saved")
      return `Version ${saved.version} takes effect on ${formatInstant(saved.effectiveAt, "second")}`;
    return `${act === "withdraw" ? "Withdrawn" : "Rejected"}: the policy stays as it is`;
  };
  return <DecisionDialog decide={decide} describedBy={describedBy} words={words[act]} />;
}
