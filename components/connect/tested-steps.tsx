import {
  Check,
  CircleDashed,
  CircleQuestionMark,
  LoaderCircle,
  type LucideIcon,
  Minus,
  X,
} from "lucide-react";
import Link from "next/link";
import type { TestedStep } from "../../lib/contracts/connectivity.ts";
import { connectivitySteps, type StepState, stepNames } from "../../lib/core/connectivity/explained-step.ts";
import { cn } from "../ui/cn.ts";
import { formatDuration } from "../ui/format-time.ts";
import type { RunPhase } from "../ui/use-line-run.ts";

export type TestedStepsProps = { steps: readonly TestedStep[]; phase: RunPhase; tenant: string };

/** All steps from the start, each filled in when it is done: nothing jumps. */
export function TestedSteps({ steps, phase, tenant }: TestedStepsProps) {
  return (
    <>
      <p className="sr-only" role="status">
        {phase === "ended" ? endOf(steps) : phase === "running" ? "Testing" : ""}
      </p>
      <ol aria-label="Steps" className="divide-y divide-line rounded-md border">
        {connectivitySteps.map((id, i) => {
          const step = steps.find((each) => each.step === id);
          const isNext = phase === "running" && i === steps.length;
          return (
            <li
              className="grid min-h-12 grid-cols-[20px_minmax(0,1fr)_auto] items-start gap-x-3 px-3 py-2 md:grid-cols-[20px_136px_minmax(0,1fr)_auto]"
              data-state={step?.state ?? (isNext ? "running" : "waiting")}
              data-step={id}
              key={id}
            >
              <StateIcon isNext={isNext} state={step?.state} />
              <span className="text-base">{stepNames[id]}</span>
              <div className="min-w-0 text-sm max-md:order-last max-md:col-span-2 max-md:col-start-2">
                {step ? (
                  <Told step={step} tenant={tenant} />
                ) : (
                  <span className="text-faint">{isNext ? "…" : "–"}</span>
                )}
              </div>
              <span className="text-right text-muted text-sm tabular-nums">
                {step?.ms == null ? "" : formatDuration(step.ms)}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Told({ step, tenant }: { step: TestedStep; tenant: string }) {
  return (
    <>
      <p className={step.state === "skipped" ? "text-faint" : undefined}>
        {step.sentence}
        {step.code ? <code className="ml-2 font-mono text-faint text-xs">{step.code}</code> : null}
      </p>
      {step.remedy ? <p className="text-muted">{step.remedy}</p> : null}
      {step.callId ? (
        <Link
          className="text-accent-ink text-xs hover:underline"
          href={`/calls?${new URLSearchParams({ tenant, call: step.callId })}`}
        >
          See the call
        </Link>
      ) : null}
    </>
  );
}

type Look = { readonly icon: LucideIcon; readonly ink: string; readonly word: string };

const looks: Readonly<Record<StepState | "waiting" | "running", Look>> = {
  ok: { icon: Check, ink: "text-in-region-ink", word: "Works" },
  doubt: { icon: CircleQuestionMark, ink: "text-unverifiable-ink", word: "Works, look at it" },
  failed: { icon: X, ink: "text-outside-ink", word: "Failed" },
  skipped: { icon: Minus, ink: "text-faint", word: "Not tried" },
  waiting: { icon: CircleDashed, ink: "text-faint", word: "Not tried yet" },
  running: { icon: LoaderCircle, ink: "text-accent-ink", word: "Under way" },
};

function StateIcon({ state, isNext }: { state: StepState | undefined; isNext: boolean }) {
  const { icon: Icon, ink, word } = looks[state ?? (isNext ? "running" : "waiting")];
  return (
    <span className={cn("mt-0.5", ink)}>
      <Icon aria-hidden="true" className={cn("size-4", isNext && "breathe")} />
      <span className="sr-only">{word}</span>
    </span>
  );
}

function endOf(steps: readonly TestedStep[]): string {
  const failed = steps.find(({ state }) => state === "failed");
  return failed ? `Failed: ${stepNames[failed.step]}. ${failed.sentence}` : "Every step works.";
}
