"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { useId } from "react";
import { catalogProposalsQuery, decideCatalog } from "../../lib/client/catalog.ts";
import type { ProposalAct } from "../../lib/client/policies.ts";
import type { CatalogProposalSummary } from "../../lib/contracts/catalog.ts";
import type { ProposalState } from "../../lib/contracts/policies.ts";
import { DecisionDialog, type DecisionWords } from "../decisions/decision-dialog.tsx";
import { Badge } from "../ui/badge.tsx";
import { EffectLine } from "../ui/effect-mark.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { ForbiddenReason } from "../ui/forbidden-reason.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";
import { ReachNotice } from "./reach-notice.tsx";

/** Catalogs that widen and wait for a second administrator. Nothing where none does. */
export function WaitingProposals({ mayEdit }: { mayEdit: boolean }) {
  const proposals = useQuery(catalogProposalsQuery());
  if (proposals.isError && !proposals.data)
    return (
      <ErrorPanel
        error={proposals.error}
        onRetry={() => void proposals.refetch()}
        title="What waits for a second person could not be read"
      />
    );
  const waiting = (proposals.data ?? []).filter(({ state }) => state === "waiting");
  return waiting.map((proposal) => <WaitingCard key={proposal.id} mayEdit={mayEdit} proposal={proposal} />);
}

function WaitingCard({ proposal, mayEdit }: { proposal: CatalogProposalSummary; mayEdit: boolean }) {
  const { requestedBy, requestedAt, expiresAt, basedOn, reason, preview } = proposal;
  return (
    <Section
      action={<StateBadge state="waiting" />}
      note={
        <>
          {requestedBy} asked on <Time at={requestedAt} />, for a change of version {basedOn}. It lapses on{" "}
          <Time at={expiresAt} />.
        </>
      }
      title="Proposed catalog"
    >
      <div className="flex min-w-0 flex-col gap-3 p-4">
        <ReachNotice reach={preview?.reach ?? []} />
        <ChangeList changes={preview?.changes ?? []} />
        <p className="break-words text-sm">
          <span className="font-medium">Reason:</span> {reason}
        </p>
        <Actions mayEdit={mayEdit} proposal={proposal} />
      </div>
    </Section>
  );
}

function Actions({ proposal, mayEdit }: { proposal: CatalogProposalSummary; mayEdit: boolean }) {
  const reasonId = useId();
  if (proposal.isMine)
    return (
      <div className="flex flex-wrap items-center gap-3">
        <Decide act="withdraw" proposal={proposal} />
        <p className="text-muted text-sm">
          You asked for it, so another administrator of the deployment decides.
        </p>
      </div>
    );
  const forbidden = mayEdit ? null : "Only an administrator of the deployment decides it.";
  const describedBy = forbidden === null ? undefined : reasonId;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Decide act="approve" describedBy={describedBy} proposal={proposal} />
      <Decide act="reject" describedBy={describedBy} proposal={proposal} />
      <ForbiddenReason id={reasonId} reason={forbidden} />
    </div>
  );
}

const words: Readonly<Record<ProposalAct, DecisionWords>> = {
  approve: {
    verb: "Approve",
    title: "Approve the catalog",
    description:
      "It becomes the next version, and the next call of every tenant is judged by it. Your name stands beside the requester's, for good.",
    look: "primary",
  },
  reject: {
    verb: "Reject",
    title: "Reject the catalog",
    description: "The catalog stays as it is. The proposal and your note stay on record.",
    look: "plain",
  },
  withdraw: {
    verb: "Withdraw",
    title: "Withdraw the proposal",
    description: "The catalog stays as it is. The proposal stays on record.",
    look: "plain",
  },
};

function Decide({
  act,
  proposal,
  describedBy,
}: {
  act: ProposalAct;
  proposal: CatalogProposalSummary;
  describedBy?: string | undefined;
}) {
  const change = useMutation(decideCatalog(useQueryClient(), proposal.id));
  const decide = async (note: string) => {
    const published = await change.mutateAsync({ act, note });
    if (published) return `Version ${published.version} is published`;
    return `${act === "withdraw" ? "Withdrawn" : "Rejected"}: the catalog stays as it is`;
  };
  return (
    <DecisionDialog
      decide={decide}
      words={words[act]}
      {...(describedBy === undefined ? {} : { describedBy })}
    />
  );
}

const stateWords: Readonly<Record<ProposalState, string>> = {
  waiting: "Waits for a second administrator",
  approved: "Approved",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Lapsed",
  overtaken: "Overtaken by a newer version",
};

function StateBadge({ state }: { state: ProposalState }) {
  return (
    <Badge tone={state === "waiting" ? "unverifiable" : "outline"}>
      {state === "waiting" ? <Hourglass aria-hidden="true" /> : null}
      {stateWords[state]}
    </Badge>
  );
}

/** What became of earlier proposals, beneath the versions. Nothing where there was none. */
export function DecidedProposals() {
  const proposals = useQuery(catalogProposalsQuery());
  const decided = (proposals.data ?? []).filter(({ state }) => state !== "waiting");
  if (decided.length === 0) return null;
  return (
    <Section note="Catalogs that widen, as they were asked for." title="Earlier proposals">
      <ul className="flex flex-col divide-y">
        {decided.map(({ id, state, requestedBy, requestedAt, widening, reason, decision }) => (
          <li className="flex min-w-0 flex-col gap-2 p-4" key={id}>
            <div className="flex flex-wrap items-center gap-2 text-sm">
              <StateBadge state={state} />
              <span className="text-muted">
                asked by {requestedBy} on <Time at={requestedAt} />
              </span>
            </div>
            <ul className="flex max-h-60 flex-col gap-1.5 overflow-y-auto text-sm">
              {widening.map((sentence) => (
                <EffectLine effect="widens" key={sentence}>
                  {sentence}
                </EffectLine>
              ))}
            </ul>
            <p className="break-words text-sm">
              <span className="font-medium">Reason:</span> {reason}
            </p>
            {decision === null ? null : (
              <p className="break-words text-muted text-sm">
                {decision.by}, <Time at={decision.at} />
                {decision.note === null ? "" : `: ${decision.note}`}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
