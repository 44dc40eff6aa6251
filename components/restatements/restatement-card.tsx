"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import type { ProposalAct } from "../../lib/client/policies.ts";
import { decideRestatement, restatementEffectQuery } from "../../lib/client/restatements.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import type { RestatementSummary } from "../../lib/contracts/restatements.ts";
import { DecisionActions } from "../decisions/decision-actions.tsx";
import type { DecisionWords } from "../decisions/decision-dialog.tsx";
import { SaidBy } from "../decisions/said-by.tsx";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { causeWords, moveSentence, restatementStateWords } from "./restatement-words.ts";

export type RestatementCardProps = { restatement: RestatementSummary; tenant: PolicyBook["tenant"] };

/** One correction: what was wrong, how we know, which calls, and what became of it. */
export function RestatementCard({ restatement, tenant }: RestatementCardProps) {
  const { state, statement, evidence, evidenceUrl, author, createdAt, decision } = restatement;
  return (
    <article className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={state === "waiting" ? "unverifiable" : state === "approved" ? "accent" : "outline"}>
          {state === "waiting" ? <Hourglass aria-hidden="true" /> : null}
          {restatementStateWords[state]}
        </Badge>
        <h3 className="font-medium text-base">{causeWords[restatement.cause]}</h3>
      </div>
      <p className="break-words text-sm">{statement}</p>
      <DefinitionList
        items={[
          {
            term: "Evidence",
            value: (
              <>
                {evidence}
                {evidenceUrl === null ? null : (
                  <>
                    {" "}
                    <a
                      className="break-all text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
                      href={evidenceUrl}
                      rel="noreferrer noopener"
                      target="_blank"
                    >
                      {evidenceUrl}
                    </a>
                  </>
                )}
              </>
            ),
          },
          { term: "Calls", value: <Scope restatement={restatement} /> },
          { term: "Judged anew", value: methodWords(restatement) },
          { term: "Changes", value: <Effect restatement={restatement} slug={tenant.slug} /> },
          {
            term: "Asked by",
            value: <SaidBy at={createdAt} by={author} />,
          },
          ...(decision === null
            ? []
            : [
                {
                  term: restatementStateWords[state],
                  value: <SaidBy {...decision} />,
                },
              ]),
        ]}
      />
      {state === "waiting" ? <Actions restatement={restatement} tenant={tenant} /> : null}
    </article>
  );
}

function Scope({ restatement }: { restatement: RestatementSummary }) {
  const { from, to, hosts, models, applications } = restatement;
  const parts = [
    hosts.length > 0 ? `hosts ${hosts.join(", ")}` : null,
    models.length > 0 ? `models ${models.join(", ")}` : null,
    applications.length > 0 ? `applications ${applications.join(", ")}` : null,
  ].filter((part) => part !== null);
  return (
    <>
      <Time at={from} /> to <Time at={to} />
      {parts.length === 0 ? ", all of them" : `; ${parts.join("; ")}`}
    </>
  );
}

function methodWords({ method }: RestatementSummary): string {
  switch (method.kind) {
    case "catalog":
      return `By catalog ${method.version}, with the same facts and policy`;
    case "pin":
      return `With the pin of the provider key as it is known now: ${method.pin.kind.replace("_", " ")}${method.pin.region === null ? "" : ` in ${method.pin.region}`}`;
    case "notice":
      return method.verdict === "violation"
        ? "As outside policy, where something was sent"
        : "As not verifiable, where something was sent";
  }
}

function Effect({ restatement, slug }: { restatement: RestatementSummary; slug: string }) {
  const isWaiting = restatement.state === "waiting";
  const live = useQuery({ ...restatementEffectQuery(slug, restatement.id), enabled: isWaiting });
  const effect = restatement.effect ?? live.data ?? null;
  if (effect === null)
    return isWaiting ? (live.error?.message ?? "Counting…") : "Nothing: it did not come to that";
  const moves = moveSentence(effect.moves);
  return `${formatNoun(effect.calls, "call")} in scope; ${moves === "" ? "none would change" : moves}`;
}

const words: Readonly<Record<ProposalAct, DecisionWords>> = {
  approve: {
    verb: "Approve",
    title: "Approve the restatement",
    description:
      "The calls keep their first verdicts; the restated ones stand beside them in every list and report. This cannot be undone, only restated again.",
    look: "primary",
  },
  reject: {
    verb: "Reject",
    title: "Reject the restatement",
    description: "Nothing changes. The request and your note stay on record.",
    look: "plain",
  },
  withdraw: {
    verb: "Withdraw",
    title: "Withdraw the restatement",
    description: "Nothing changes. The request stays on record.",
    look: "plain",
  },
};

function Actions({ restatement, tenant }: RestatementCardProps) {
  const change = useMutation(decideRestatement(useQueryClient(), tenant.slug, restatement.id));
  const decide = async (act: ProposalAct, note: string) => {
    const effect = await change.mutateAsync({ act, note });
    return effect ? `Restated: ${moveSentence(effect.moves)}` : "Decided: nothing changes";
  };
  return (
    <DecisionActions
      decide={decide}
      forbidden={permissionReason(tenant.role, "restatement:approve")}
      isMine={restatement.isMine}
      words={words}
    />
  );
}
