"use client";

import { Hourglass } from "lucide-react";
import type { PolicyBook, ProposalState, ProposalSummary } from "../../lib/contracts/policies.ts";
import { SaidBy } from "../decisions/said-by.tsx";
import { Badge } from "../ui/badge.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";
import { ProposalActions } from "./proposal-actions.tsx";

export type ProposalCardProps = {
  proposal: ProposalSummary;
  tenant: PolicyBook["tenant"];
  /** Within a list: without a frame of its own. */
  flat?: boolean;
};

const stateWords: Readonly<Record<ProposalState, string>> = {
  waiting: "Waits for a second approver",
  approved: "Approved",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Lapsed",
  overtaken: "Overtaken by a newer version",
};

/** A change that allows what was not allowed: what, why, who asked, and what became of it. */
export function ProposalCard({ proposal, tenant, flat = false }: ProposalCardProps) {
  const { state, requestedBy, requestedAt } = proposal;
  const head = (
    <Badge tone={state === "waiting" ? "unverifiable" : "outline"}>
      {state === "waiting" ? <Hourglass aria-hidden="true" /> : null}
      {stateWords[state]}
    </Badge>
  );
  if (flat)
    return (
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2 text-sm">
          {head}
          <span className="text-muted">
            asked by {requestedBy} on <Time at={requestedAt} />
          </span>
        </div>
        <ProposalBody proposal={proposal} />
      </div>
    );
  return (
    <Section
      action={head}
      note={
        <>
          {requestedBy} asked on <Time at={requestedAt} />, for a change of version {proposal.baseVersion}. It
          lapses on <Time at={proposal.expiresAt} />.
        </>
      }
      title="Proposed change"
    >
      <div className="flex flex-col gap-3 p-4">
        <ProposalBody proposal={proposal} />
        <ProposalActions proposal={proposal} tenant={tenant} />
      </div>
    </Section>
  );
}

function ProposalBody({ proposal }: { proposal: ProposalSummary }) {
  const { changes, reason, decision } = proposal;
  return (
    <>
      <ChangeList changes={changes} none="What it was compared with is no longer listed." />
      <p className="break-words text-sm">
        <span className="font-medium">Reason:</span> {reason}
      </p>
      {decision === null ? null : (
        <p className="break-words text-muted text-sm">
          <SaidBy {...decision} />
        </p>
      )}
    </>
  );
}
