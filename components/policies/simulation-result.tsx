import { CircleCheck, CircleDot, type LucideIcon, OctagonX } from "lucide-react";
import type { CredentialSummary } from "../../lib/contracts/tenants.ts";
import type { Simulation, SimulationStep } from "../../lib/core/policies/simulate.ts";
import { PinStatement } from "../tenants/pin-statement.tsx";
import { cn } from "../ui/cn.ts";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";

export type SimulationResultProps = {
  simulation: Simulation;
  version: number;
  /** The provider key that would be sent; null where the tenant keeps none for this host. */
  credential: CredentialSummary | null;
  /** False until the tenant's keys have been read. */
  isKeyKnown: boolean;
};

const looks: Readonly<Record<SimulationStep["outcome"], { icon: LucideIcon; ink: string; word: string }>> = {
  passed: { icon: CircleCheck, ink: "text-in-region-ink", word: "Let on" },
  stopped: { icon: OctagonX, ink: "text-stopped-ink", word: "Speaks against it" },
  noted: { icon: CircleDot, ink: "text-faint", word: "Noted" },
};

/** Where the call goes and why, in the order in which the gateway asks. */
export function SimulationResult({ simulation, version, credential, isKeyKnown }: SimulationResultProps) {
  const { plan, sentence, steps } = simulation;
  return (
    <div className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-5">
      <Section note={`Under version ${version}.`} title="What becomes of it">
        <div aria-live="polite" className="flex flex-col gap-4 p-4">
          <p className="break-words font-medium text-md" data-outcome={plan.kind}>
            {sentence}
          </p>
          <ol className="flex flex-col gap-3">
            {steps.map((step) => {
              const { icon: Icon, ink, word } = looks[step.outcome];
              return (
                <li className="flex gap-2.5 text-sm" key={step.title}>
                  <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", ink)} />
                  <div className="min-w-0">
                    <p className="font-medium">
                      {step.title} <span className="sr-only">({word})</span>
                    </p>
                    <p className="break-words text-muted">{step.sentence}</p>
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      </Section>
      {plan.kind === "send" && isKeyKnown ? (
        <Section note="Chosen by the host; its project says what it is pinned to." title="With which key">
          <div className="p-4 text-sm">
            {credential === null ? (
              <Notice tone="doubt">
                No provider key of this tenant may be sent to {plan.host}. The call needs the caller's own
                key.
              </Notice>
            ) : (
              <div className="flex flex-col gap-1">
                <p className="font-medium">{credential.label}</p>
                <PinStatement pin={credential.pin} />
              </div>
            )}
          </div>
        </Section>
      ) : null}
    </div>
  );
}
