import { stepMs, type TimeStep } from "../../lib/contracts/time-step.ts";
import { Time } from "../ui/time.tsx";
import { stepLength, stepPrecision } from "./step-words.ts";

/** Where a step begins, as a row of a chart's table says it; with its length where its seven days are not whole. */
export function StepStart({
  at,
  step,
  to,
  short,
}: {
  at: string;
  step: TimeStep;
  to: string;
  short?: boolean;
}) {
  const isCut = step === "week" && Date.parse(to) - Date.parse(at) < stepMs("week");
  return (
    <>
      <Time at={at} precision={stepPrecision(step)} short={short} />
      {isCut ? <span className="text-faint"> · {stepLength(at, step, to)}</span> : null}
    </>
  );
}
