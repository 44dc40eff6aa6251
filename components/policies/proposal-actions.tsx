"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { decideProposal, type ProposalAct } from "../../lib/client/policies.ts";
import type { ProposalSummary } from "../../lib/contracts/policies.ts";
import type { TenantHead } from "../../lib/contracts/tenants.ts";
import { DecisionActions } from "../decisions/decision-actions.tsx";
import type { DecisionWords } from "../decisions/decision-dialog.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { formatInstant } from "../ui/format-time.ts";

export type ProposalActionsProps = { proposal: ProposalSummary; tenant: TenantHead };

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
export function ProposalActions({ proposal, tenant }: ProposalActionsProps) {
  const change = useMutation(decideProposal(useQueryClient(), tenant.slug, proposal.id));
  const decide = async (act: ProposalAct, note: string) => {
    const saved = await change.mutateAsync({ act, note });
    if (saved?.kind === "saved")
      return `Version ${saved.version} takes effect on ${formatInstant(saved.effectiveAt, "second")}`;
    return `${act === "withdraw" ? "Withdrawn" : "Rejected"}: the policy stays as it is`;
  };
  return (
    <DecisionActions
      decide={decide}
      forbidden={permissionReason(tenant.role, "policy:approve")}
      isMine={proposal.isMine}
      words={words}
    />
  );
}
