"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleQuestionMark, LoaderCircle, type LucideIcon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { CallProofCheck } from "../../lib/client/check-call-proof.ts";
import { callProofCheckQuery } from "../../lib/client/ledger.ts";
import type { CallProof } from "../../lib/contracts/ledger.ts";
import type { Check } from "../../lib/core/ledger/verification.ts";
import { cn } from "../ui/cn.ts";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount } from "../ui/format-number.ts";
import { shortenMiddle } from "../ui/shorten-middle.ts";
import { EntryText } from "./entry-text.tsx";

type Proven = Extract<CallProof, { state: "proven" }>;

export type ProofCheckProps = {
  id: string;
  proof: Proven;
  /** Shown beneath the outcome, before what it rests on; at once, while the check still runs. */
  children: ReactNode;
};

/** Whether the proof holds, as this browser finds by itself, and what that does not show. */
export function ProofCheck({ id, proof, children }: ProofCheckProps) {
  const check = useQuery(callProofCheckQuery(id, proof));
  if (check.isError)
    return (
      <>
        <ErrorPanel
          detail={check.error.message}
          onRetry={() => void check.refetch()}
          title="The proof could not be checked in this browser"
        />
        {children}
      </>
    );
  if (check.data === undefined)
    return (
      <>
        <p className="flex gap-2 rounded-md border bg-sunken px-3 py-2 text-muted text-sm" role="status">
          <LoaderCircle aria-hidden="true" className="breathe mt-0.5 size-4 shrink-0" />
          Checking the proof in this browser
        </p>
        {children}
      </>
    );
  const { verdict, checks, notProven, fingerprint, entry } = check.data;
  const { icon: Icon, box, ink } = looks[verdict];
  return (
    <>
      <div className={cn("flex gap-2 rounded-md border px-3 py-2 text-sm", box)} role="status">
        <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
        <div className="flex min-w-0 flex-col gap-1.5">
          <p>{sentenceOf(check.data, proof)}</p>
          <p className="text-muted text-xs">
            {fingerprint === null ? (
              "No trust root has been published, so nobody can tell whose signatures these are."
            ) : (
              <>
                The keys came from this same deployment (trust root{" "}
                <code className="font-mono" title={fingerprint}>
                  {shortenMiddle(fingerprint, 17)}
                </code>
                ): compare its fingerprint with one you were given another way, or check the downloaded file
                offline with your own copy. <TrustRootLink />
              </>
            )}
          </p>
        </div>
      </div>
      {children}
      <details className="text-sm">
        <summary className="w-fit text-muted hover:text-ink">
          What was checked, and what that does not show
        </summary>
        <ul className="mt-2 flex flex-col gap-1.5">
          {checks.map(({ name, result, words }) => (
            <CheckRow key={name} result={result} words={words} />
          ))}
        </ul>
        <p className="mt-3 font-medium text-sm">Not shown</p>
        <ul className="mt-1 list-disc pl-5 text-muted text-sm">
          {notProven.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </details>
      {entry === null ? null : <EntryText text={entry} />}
    </>
  );
}

const looks: Readonly<Record<Check["result"], { icon: LucideIcon; box: string; ink: string; word: string }>> =
  {
    PASS: {
      icon: CircleCheck,
      box: "border-transparent bg-in-region-tint",
      ink: "text-in-region-ink",
      word: "Passed",
    },
    FAIL: {
      icon: TriangleAlert,
      box: "border-transparent bg-outside-tint",
      ink: "text-outside-ink",
      word: "Failed",
    },
    UNVERIFIABLE: {
      icon: CircleQuestionMark,
      box: "border-transparent bg-unverifiable-tint",
      ink: "text-unverifiable-ink",
      word: "Cannot be told",
    },
  };

function sentenceOf({ verdict, checks, isTimeLost }: CallProofCheck, { size }: Proven): string {
  if (verdict === "PASS") {
    const vouched = isTimeLost
      ? "the trust root itself names that head, at which the log was sealed"
      : "the log's key signed it";
    return `Checked in this browser just now: the entry's bytes hash into the checkpoint of size ${formatCount(size)}, ${vouched}, and the entry is about this call.`;
  }
  const first = checks.find(({ result }) => result === verdict)?.words ?? "";
  return verdict === "FAIL"
    ? `Checked in this browser just now, and it does not hold: ${first}`
    : `Checked in this browser just now. Nothing speaks against it, but it cannot be told for sure: ${first}`;
}

function CheckRow({ result, words }: Pick<Check, "result" | "words">) {
  const { icon: Icon, ink, word } = looks[result];
  return (
    <li className="flex gap-2">
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
      <span className="min-w-0 break-words">
        <span className="sr-only">{word}: </span>
        {words}
      </span>
    </li>
  );
}

function TrustRootLink() {
  return (
    <Link className="text-accent-ink underline underline-offset-2" href="/ledger">
      Trust root
    </Link>
  );
}
