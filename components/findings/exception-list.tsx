"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hourglass, ShieldCheck } from "lucide-react";
import { useId } from "react";
import { decideException } from "../../lib/client/findings.ts";
import type { ProposalAct } from "../../lib/client/policies.ts";
import type { FindingDetail, FindingException } from "../../lib/contracts/findings.ts";
import { DecisionActions } from "../decisions/decision-actions.tsx";
import { DecisionDialog, type DecisionWords } from "../decisions/decision-dialog.tsx";
import { SaidBy } from "../decisions/said-by.tsx";
import { useTenants } from "../layout/tenants.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { ForbiddenReason } from "../ui/forbidden-reason.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { exceptionKindWords, exceptionStateWords } from "./exception-words.ts";
import { scopeWords } from "./scope-words.ts";

/** What was asked to be accepted, and what became of it. */
export function ExceptionList({ finding }: { finding: FindingDetail }) {
  return (
    <Section note="They change no verdict, open nothing, and make no transfer lawful." title="Exceptions">
      <ul className="divide-y">
        {finding.exceptions.map((exception) => (
          <li className="p-4" key={exception.id}>
            <ExceptionCard exception={exception} finding={finding} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type CardProps = { exception: FindingException; finding: FindingDetail };

function ExceptionCard({ exception, finding }: CardProps) {
  const { name, state, kind, reason, stale, policyVersion, decision, end } = exception;
  return (
    <article aria-label={name} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-base">{name}</h3>
        <Badge tone={state === "waiting" ? "unverifiable" : state === "in_force" ? "accent" : "outline"}>
          {state === "waiting" ? <Hourglass aria-hidden="true" /> : null}
          {state === "in_force" ? <ShieldCheck aria-hidden="true" /> : null}
          {exceptionStateWords[state]}
        </Badge>
        <Badge tone="outline">{exceptionKindWords[kind].title}</Badge>
      </div>
      {stale ? (
        <Notice tone="doubt">
          Another version of the policy is in force than the one it was asked under
          {policyVersion === null ? "" : ` (version ${policyVersion})`}. End it, or ask anew.
        </Notice>
      ) : null}
      <p className="whitespace-pre-wrap break-words text-sm">{reason}</p>
      <DefinitionList
        items={[
          { term: "Covers", value: scopeWords(finding) },
          { term: state === "waiting" ? "Asked until" : "Until", value: <Time at={exception.expiresAt} /> },
          ...(exception.transferMechanism === null
            ? []
            : [{ term: "Transfer mechanism", value: exception.transferMechanism }]),
          ...(exception.ticket === null ? [] : [{ term: "Ticket", value: exception.ticket }]),
          {
            term: "Asked by",
            value: <SaidBy at={exception.createdAt} by={exception.author} />,
          },
          ...(decision === null
            ? state === "waiting"
              ? [{ term: "Lapses", value: <Time at={exception.lapsesAt} /> }]
              : []
            : [
                {
                  term:
                    state === "rejected" || state === "withdrawn" ? exceptionStateWords[state] : "Approved",
                  value: <SaidBy {...decision} />,
                },
              ]),
          ...(end === null ? [] : [{ term: exceptionStateWords[state], value: <SaidBy {...end} /> }]),
        ]}
      />
      {state === "waiting" || state === "in_force" ? (
        <Actions exception={exception} finding={finding} />
      ) : null}
    </article>
  );
}

const words: Readonly<Record<ProposalAct | "end", DecisionWords>> = {
  approve: {
    verb: "Approve",
    title: "Approve the exception",
    description:
      "The finding is shown as accepted until the day, and is open again behind it. Calls keep their verdicts.",
    look: "primary",
  },
  reject: {
    verb: "Reject",
    title: "Reject the exception",
    description: "The finding stays as it is. The request and your note stay on record.",
    look: "plain",
  },
  withdraw: {
    verb: "Take back",
    title: "Take the request back",
    description: "The finding stays as it is. The request stays on record.",
    look: "plain",
  },
  end: {
    verb: "End now",
    title: "End the exception",
    description: "The finding is open again. Say why, in at least 10 characters.",
    look: "plain",
  },
};

const outcomes: Readonly<Record<ProposalAct | "end", string>> = {
  approve: "Exception approved",
  reject: "Exception rejected",
  withdraw: "Request taken back",
  end: "Exception ended",
};

function Actions({ exception, finding }: CardProps) {
  const reasonId = useId();
  const change = useMutation(decideException(useQueryClient(), finding.id, exception.id));
  const role = useTenants().find(({ slug }) => slug === finding.tenant)?.role ?? "";
  const decide = async (act: ProposalAct | "end", note: string) => {
    await change.mutateAsync({ act, note });
    return outcomes[act];
  };
  if (exception.state === "waiting")
    return (
      <DecisionActions
        decide={decide}
        forbidden={permissionReason(role, "exception:approve")}
        isMine={exception.isMine}
        words={words}
      />
    );
  const forbidden = permissionReason(role, "finding:work");
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <DecisionDialog
        decide={(note) => decide("end", note)}
        describedBy={forbidden === null ? undefined : reasonId}
        words={words.end}
      />
      <ForbiddenReason id={reasonId} reason={forbidden} />
    </div>
  );
}
