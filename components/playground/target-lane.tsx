"use client";

import { X } from "lucide-react";
import { useId } from "react";
import type { TargetOutlook } from "../../lib/contracts/playground.ts";
import { Button } from "../ui/button.tsx";
import { LaneAnswer } from "./lane-answer.tsx";
import { LaneRoute } from "./lane-route.tsx";
import { RecordedVerdict } from "./recorded-verdict.tsx";
import { TargetSelect } from "./target-select.tsx";
import { TargetWarning } from "./target-warning.tsx";
import type { PlaygroundRun } from "./use-playground-run.ts";

export type TargetLaneProps = {
  label: string;
  tenant: string;
  target: string;
  onTarget: (target: string) => void;
  /** Takes this target out of the comparison; absent for the first. */
  onRemove?: () => void;
  outlooks: readonly TargetOutlook[] | undefined;
  run: PlaygroundRun;
};

/** One target: what the policy says of it, what comes back, and what was recorded. */
export function TargetLane(props: TargetLaneProps) {
  const { label, target, outlooks, run, tenant } = props;
  const id = useId();
  const { state } = run;
  const callId = state.route?.callId ?? null;
  return (
    <section
      aria-labelledby={`${id}-title`}
      className="relative row-span-3 grid min-w-0 grid-rows-subgrid gap-y-0 rounded-md border bg-surface"
    >
      <h2 className="sr-only" id={`${id}-title`}>
        {label}
      </h2>
      <header className="flex min-h-12 items-center gap-2 border-b px-4 py-2">
        <TargetSelect id={id} label={label} onChange={props.onTarget} outlooks={outlooks} value={target} />
        {props.onRemove ? (
          <Button
            aria-label={`Remove ${label.toLowerCase()}`}
            look="quiet"
            onClick={props.onRemove}
            size="icon"
          >
            <X aria-hidden="true" />
          </Button>
        ) : null}
      </header>
      <div className="flex flex-col gap-4 p-4">
        {state.phase === "idle" ? (
          <TargetWarning outlook={outlooks?.find((each) => each.target === target)} />
        ) : null}
        <LaneRoute state={state} />
        <LaneAnswer state={state} />
      </div>
      {callId !== null && state.phase === "ended" ? (
        <RecordedVerdict callId={callId} tenant={tenant} />
      ) : null}
    </section>
  );
}
