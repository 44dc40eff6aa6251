"use client";

import { CircleCheck, CircleQuestionMark, type LucideIcon, OctagonX } from "lucide-react";
import { Fingerprint } from "../ledger/fingerprint.tsx";
import { cn } from "../ui/cn.ts";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import type { VerifyOutcome } from "./verify-messages.ts";

type Result = VerifyOutcome["verdict"];

const faces: Readonly<
  Record<
    Result,
    { icon: LucideIcon; title: string; word: string; one: string; many: string; box: string; ink: string }
  >
> = {
  PASS: {
    icon: CircleCheck,
    title: "The record is intact, and the report follows from it",
    word: "Holds",
    one: "holds",
    many: "hold",
    box: "bg-in-region-tint",
    ink: "text-in-region-ink",
  },
  FAIL: {
    icon: OctagonX,
    title: "This is not what was signed",
    word: "Does not hold",
    one: "does not hold",
    many: "do not hold",
    box: "bg-outside-tint",
    ink: "text-outside-ink",
  },
  UNVERIFIABLE: {
    icon: CircleQuestionMark,
    title: "It cannot be told",
    word: "Cannot be told",
    one: "cannot be told",
    many: "cannot be told",
    box: "bg-unverifiable-tint",
    ink: "text-unverifiable-ink",
  },
};

/** What was found, where it broke, and what the outcome does not prove. */
export function VerifyResult({ outcome }: { outcome: VerifyOutcome }) {
  const { verdict, checks, notProven, faults } = outcome;
  const { icon: Icon, title, box, ink } = faces[verdict];
  return (
    <div className="flex flex-col gap-6" data-testid="verify-result">
      <div className={cn("flex items-start gap-3 rounded-md p-4", box)} role="status">
        <Icon aria-hidden="true" className={cn("mt-0.5 size-5 shrink-0", ink)} />
        <div className="min-w-0">
          <h2 className="font-semibold text-md">
            {verdict}: {title}
          </h2>
          <p className="text-sm">{sentence(outcome)}</p>
        </div>
      </div>
      {faults.length === 0 ? null : (
        <Section note="The first ones, in the order of the log." title="Where it breaks">
          <ol className="divide-y divide-line text-sm">
            {faults.map(({ index, words }) => (
              <li className="flex gap-3 px-4 py-2" key={`${index} ${words}`}>
                <span className="w-24 shrink-0 font-mono tabular-nums">Entry {formatCount(index)}</span>
                <span className="min-w-0 break-words">{words}</span>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title="What the pack says it is">
        <div className="px-4 py-1">
          <DefinitionList items={facts(outcome)} />
        </div>
      </Section>
      <Section note={countWords(checks)} title="What was checked">
        <ul className="divide-y divide-line text-sm">
          {worstFirst(checks).map((check) => (
            <li
              className="grid items-start gap-x-3 px-4 py-2 sm:grid-cols-[8rem_11rem_1fr]"
              key={check.name + check.words}
            >
              <Mark result={check.result} />
              <span className="font-medium">{check.name}</span>
              <span className="min-w-0 break-words text-muted">{check.words}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Not proven by this">
        <ul className="list-disc py-3 pr-4 pl-8 text-sm">
          {notProven.map((words) => (
            <li className="py-0.5" key={words}>
              {words}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

const order: readonly Result[] = ["FAIL", "UNVERIFIABLE", "PASS"];

/** What does not hold is read first; within that, in the order of the checks. */
const worstFirst = (checks: VerifyOutcome["checks"]) =>
  order.flatMap((result) => checks.filter((check) => check.result === result));

function countWords(checks: VerifyOutcome["checks"]): string {
  const parts = order.flatMap((result) => {
    const count = checks.filter((check) => check.result === result).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? faces[result].one : faces[result].many}`];
  });
  return `${formatNoun(checks.length, "check")}: ${parts.join(", ")}.`;
}

function Mark({ result }: { result: Result }) {
  const { icon: Icon, word, ink } = faces[result];
  return (
    <span className={cn("flex items-center gap-1.5 font-medium", ink)}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {word}
    </span>
  );
}

function sentence({ verdict, counts, fingerprint, tookMs }: VerifyOutcome): string {
  const seconds = `${Math.max(0.1, tookMs / 1_000).toFixed(1)} s`;
  const looked = `${formatNoun(counts.entries, "entry", "entries")} in ${seconds}, ${formatNoun(counts.judgedAgain, "call")} judged again.`;
  if (verdict === "PASS") return `${looked} That says nothing about compliance.`;
  if (verdict === "FAIL") return `${looked} What does not hold is named below.`;
  if (fingerprint === null)
    return `${looked} Nothing speaks against it; without a trust root nobody can tell who signed it.`;
  return `${looked} Nothing speaks against it, and not all that it takes is here.`;
}

function facts({ manifest, signedAt, fingerprint, deployment, figures }: VerifyOutcome) {
  return [
    ...(manifest === null
      ? []
      : [
          { term: "Pack", value: <span className="font-mono">{manifest.id}</span> },
          { term: "Tenant", value: `${manifest.tenant.slug}${manifest.simulated ? " · simulated" : ""}` },
          {
            term: "Period",
            value: (
              <>
                <Time at={manifest.period.from} /> to <Time at={manifest.period.to} />, {manifest.status}
              </>
            ),
          },
          { term: "Log", value: <span className="break-all font-mono">{manifest.log}</span> },
          {
            term: "Entries",
            value: `${formatCount(manifest.range.first)} to before ${formatCount(manifest.range.end)}`,
          },
        ]),
    ...(signedAt === null ? [] : [{ term: "Signed", value: <Time at={signedAt} precision="second" /> }]),
    ...figures.map(([term, value]) => ({ term, value })),
    {
      term: "Trust root",
      value:
        fingerprint === null ? (
          "None was given."
        ) : (
          <>
            {deployment}
            <Fingerprint hex={fingerprint} />
          </>
        ),
    },
  ];
}
