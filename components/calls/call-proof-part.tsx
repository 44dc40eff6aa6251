"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Hourglass, Snowflake, Unlink } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { callProofQuery } from "../../lib/client/ledger.ts";
import type { CallProof } from "../../lib/contracts/ledger.ts";
import { callProofHref } from "../../lib/contracts/ledger-parsers.ts";
import { Button } from "../ui/button.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Loading, Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { CallPart } from "./call-part.tsx";
import { EntryText } from "./entry-text.tsx";
import { ProofCheck } from "./proof-check.tsx";

/** Where the call stands in the ledger, its proof to keep, and whether that proof holds. */
export function CallProofPart({ id }: { id: string }) {
  const proof = useQuery(callProofQuery(id));
  return (
    <CallPart
      note="That this call was recorded as it is shown, and has not been changed since."
      title="Proof"
    >
      {proof.data ? (
        <Proof id={id} proof={proof.data} />
      ) : proof.isError ? (
        <ErrorPanel
          error={proof.error}
          onRetry={() => void proof.refetch()}
          title="The proof could not be read"
        />
      ) : (
        <>
          <Loading what="the proof" />
          <Skeleton className="h-24" />
        </>
      )}
    </CallPart>
  );
}

function Proof({ id, proof }: { id: string; proof: CallProof }) {
  if (proof.state === "not_in_ledger")
    return (
      <State icon={<Unlink aria-hidden="true" />}>
        Not in the ledger: recorded before the ledger existed. Nothing proves it, and nothing is added
        afterwards.
      </State>
    );
  if (proof.state === "waiting" || proof.state === "beyond_seal")
    return (
      <>
        <Unproven proof={proof} />
        <DefinitionList items={placeOf(proof)} />
        {proof.entry === null ? null : <EntryText text={proof.entry} />}
      </>
    );
  return (
    <ProofCheck id={id} proof={proof}>
      <DefinitionList
        items={[
          ...placeOf(proof),
          {
            term: "Checkpoint",
            value: (
              <>
                Size {formatCount(proof.size)}
                {proof.sealed?.keysLost ? null : (
                  <>
                    , signed <Time at={proof.signedAt} precision="second" />
                  </>
                )}
                {proof.sealed === null ? null : `. The log was sealed there: ${proof.sealed.reason}`}
              </>
            ),
          },
        ]}
      />
      <Button asChild className="w-fit">
        <a download href={callProofHref(id)}>
          <Download aria-hidden="true" />
          Download the proof
        </a>
      </Button>
    </ProofCheck>
  );
}

function Unproven({ proof }: { proof: Extract<CallProof, { state: "waiting" | "beyond_seal" }> }) {
  if (proof.state === "beyond_seal")
    return (
      <State icon={<Unlink aria-hidden="true" />}>
        Recorded, and not proven: its log was sealed at {formatNoun(proof.sealed.size, "entry", "entries")} (
        {proof.sealed.reason}), and this entry stands behind that. No checkpoint that counts covers it, and
        none will: a change to it would not show.
      </State>
    );
  if (proof.frozen)
    return (
      <State icon={<Snowflake aria-hidden="true" />}>
        Not signed: the log is frozen, and the signer signs nothing of it until people have looked at it. The{" "}
        <Link className="underline underline-offset-2 hover:text-ink" href="/ledger">
          ledger page
        </Link>{" "}
        says why. Until then a change to the entry would not show.
      </State>
    );
  return (
    <State icon={<Hourglass aria-hidden="true" />}>
      Waiting for the next checkpoint (signed every 10 s). Until then a change to the entry would not show.
    </State>
  );
}

function placeOf({ index, origin }: Exclude<CallProof, { state: "not_in_ledger" }>): readonly Definition[] {
  return [
    { term: "Entry", value: `Number ${formatCount(index)} of its log` },
    { term: "Log", value: <Copyable length={36} text={origin} what="origin of the log" /> },
  ];
}

function State({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-2 rounded-md border bg-sunken px-3 py-2 text-muted text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  );
}
