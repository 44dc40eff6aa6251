"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import type { ProposalAct } from "../../lib/client/policies.ts";
import { decideRequest } from "../../lib/client/retention.ts";
import type { RetentionBook, RetentionRequestSummary } from "../../lib/contracts/retention.ts";
import { retentionPresets } from "../../lib/core/retention/presets.ts";
import { DecisionActions } from "../decisions/decision-actions.tsx";
import type { DecisionWords } from "../decisions/decision-dialog.tsx";
import { SaidBy } from "../decisions/said-by.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";

export type RequestCardProps = {
  request: RetentionRequestSummary;
  book: Pick<RetentionBook, "tenant" | "onHold">;
};

const stateWords: Readonly<Record<RetentionRequestSummary["state"], string>> = {
  waiting: "Waiting",
  approved: "Approved",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Lapsed",
};

/** Something that deletes, or makes it possible: who asked, who decided, what came of it. */
export function RequestCard({ request, book }: RequestCardProps) {
  const { state, reason, requestedBy, requestedAt, expiresAt, decision, reference, basis } = request;
  return (
    <article className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={state === "waiting" ? "unverifiable" : state === "approved" ? "accent" : "outline"}>
          {state === "waiting" ? <Hourglass aria-hidden="true" /> : null}
          {stateWords[state]}
        </Badge>
        <h3 className="font-medium text-base">{titleOf(request)}</h3>
      </div>
      <DefinitionList
        items={[
          { term: "Reason", value: <span className="whitespace-pre-line">{reason}</span> },
          ...(reference === null ? [] : [{ term: "Reference", value: `${reference}, ${basis}` }]),
          {
            term: "Asked by",
            value: <SaidBy at={requestedAt} by={requestedBy} />,
          },
          ...(decision === null
            ? state === "waiting"
              ? [{ term: "Lapses", value: <Time at={expiresAt} /> }]
              : []
            : [
                {
                  term: stateWords[state],
                  value: <SaidBy {...decision} />,
                },
              ]),
          ...(request.kind === "erasure" && state === "approved"
            ? [{ term: "Erased", value: <Erased onHold={book.onHold} request={request} /> }]
            : []),
        ]}
      />
      {state === "waiting" ? <Actions request={request} tenant={book.tenant} /> : null}
    </article>
  );
}

function titleOf({ kind, preset, hold, reference }: RetentionRequestSummary): string {
  if (kind === "policy") return `Period: ${preset === null ? "" : retentionPresets[preset].title}`;
  return kind === "erasure" ? `Erase a person: ${reference}` : `Lift the hold “${hold}”`;
}

function Erased({ request: { erasures }, onHold }: { request: RetentionRequestSummary; onHold: boolean }) {
  if (erasures.length === 0)
    return (
      <span role="status">
        {onHold
          ? "Not yet: a legal hold is in place. It is carried out when the hold is lifted."
          : "Being carried out…"}
      </span>
    );
  return (
    <ul className="flex flex-col gap-1">
      {erasures.map(({ at, openings, listSha256, ledger }) => (
        <li key={at}>
          {openings === 0 ? "Nothing was left to erase" : `${formatNoun(openings, "opening")} erased`},{" "}
          <Time at={at} precision="second" />, entry {formatCount(ledger.index)}; list{" "}
          <Copyable text={listSha256} what="hash of the list" />
        </li>
      ))}
    </ul>
  );
}

const approvals: Readonly<Record<RetentionRequestSummary["kind"], DecisionWords>> = {
  policy: {
    verb: "Approve",
    title: "Approve the period",
    description:
      "What has expired is deleted within minutes: calls, entries' bytes and what opens them. Their leaf hashes stay. Nobody can bring it back.",
    look: "primary",
  },
  lift_hold: {
    verb: "Approve",
    title: "Lift the hold",
    description:
      "What the period says has expired is deleted from now on, and approved erasures are carried out.",
    look: "primary",
  },
  erasure: {
    verb: "Approve",
    title: "Approve the erasure",
    description:
      "Every opening of this person in the log is deleted, and the ids of their requests. Nobody can bring it back. Proofs still hold.",
    look: "primary",
  },
};

const others: Readonly<Record<"reject" | "withdraw", DecisionWords>> = {
  reject: {
    verb: "Reject",
    title: "Reject the request",
    description: "Nothing is deleted. The request and your note stay on record.",
    look: "plain",
  },
  withdraw: {
    verb: "Withdraw",
    title: "Withdraw the request",
    description: "Nothing is deleted. The request stays on record.",
    look: "plain",
  },
};

function Actions({ request, tenant }: { request: RetentionRequestSummary; tenant: RetentionBook["tenant"] }) {
  const change = useMutation(decideRequest(useQueryClient(), tenant.slug, request.id));
  const decide = async (act: ProposalAct, note: string) => {
    await change.mutateAsync({ act, note });
    return act === "approve" ? "Approved" : "Decided: nothing is deleted";
  };
  return (
    <DecisionActions
      decide={decide}
      forbidden={permissionReason(tenant.role, "retention:approve")}
      isMine={request.isMine}
      words={{ ...others, approve: approvals[request.kind] }}
    />
  );
}
