"use client";

import { useQuery } from "@tanstack/react-query";
import { Square } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { probeLatency } from "../../lib/client/latency.ts";
import { targetOutlooksQuery } from "../../lib/client/playground.ts";
import { callsHref } from "../../lib/contracts/call-parsers.ts";
import { latencyProbeInput } from "../../lib/contracts/latency.ts";
import { useTenants } from "../layout/tenants.tsx";
import { defaultModel } from "../playground/chat-models.ts";
import { chosenTenant } from "../playground/chosen-tenant.ts";
import { TargetSelect } from "../playground/target-select.tsx";
import { TargetWarning } from "../playground/target-warning.tsx";
import { targetName } from "../playground/target-words.ts";
import { useSettled } from "../playground/use-settled.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { TenantOptions } from "../tenants/tenant-options.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { useLineRun } from "../ui/use-line-run.ts";
import { ProbeButton } from "./probe-button.tsx";
import { ProbeResult } from "./probe-result.tsx";
import { type ProbeTargets, probeTargets } from "./probe-targets.ts";

const roundChoices = [5, 10, 20, 50] as const;

/** Two targets asked in turn, now: what a region costs in time, apart from what else the record holds. */
export function ProbeSection({ tenant: named }: { tenant: string | null }) {
  const tenants = useTenants();
  const [slug, setSlug] = useState(named);
  const tenant = chosenTenant(tenants, slug);
  const [wanted, setWanted] = useState<Partial<ProbeTargets>>({});
  const [model, setModel] = useState(defaultModel);
  const [rounds, setRounds] = useState<number>(10);
  const [began, setBegan] = useState<string | null>(null);
  const probe = useLineRun(probeLatency);
  const id = useId();
  const { data: outlooks, isPending } = useQuery({
    ...targetOutlooksQuery(tenant?.slug ?? "", useSettled(model.trim()) || undefined),
    enabled: tenant !== undefined,
    placeholderData: (before) => before,
  });
  if (!tenant) return null;
  const { first, second } = { ...probeTargets(outlooks), ...wanted };
  const forbidden = permissionReason(tenant.role, "playground:send");
  const parsed = latencyProbeInput.safeParse({ tenant: tenant.slug, first, second, model, rounds });
  const flagged = (outlooks ?? []).filter(
    ({ target, outlook }) => outlook === "flagged" && (target === first || target === second),
  );
  const begin = async (): Promise<void> => {
    if (!parsed.success || probe.isRunning) return;
    setBegan(new Date().toISOString());
    setWanted({ first, second });
    void probe.run(parsed.data);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // What leaves the policy is asked about first, by the button.
    if (flagged.length === 0) void begin();
  };
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      probe.reset();
      set(value);
    };
  const chooseTenant = (to: string): void => {
    setSlug(to);
    setWanted({});
  };
  return (
    <Section
      note="Small completions to both targets in turn, so that both meet the same moment. They are calls like any other: planned by the policy, billed by the provider, recorded under Playground."
      title="Two regions side by side"
    >
      <form aria-label="Probe" className="flex flex-col gap-4 p-4" onSubmit={submit}>
        <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-4">
          <Field label="Tenant">
            <Select onChange={({ target }) => changed(chooseTenant)(target.value)} value={tenant.slug}>
              <TenantOptions tenants={tenants} />
            </Select>
          </Field>
          <Field label="Model">
            <Input
              autoComplete="off"
              className="font-mono text-sm"
              maxLength={120}
              onChange={({ target }) => changed(setModel)(target.value)}
              spellCheck={false}
              value={model}
            />
          </Field>
          <Field hint="Two completions each." label="Rounds">
            <Select onChange={({ target }) => changed(setRounds)(Number(target.value))} value={rounds}>
              {roundChoices.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <TargetSelect
            id={`${id}-first`}
            label="First"
            onChange={changed((target) => setWanted({ first: target, second }))}
            outlooks={outlooks}
            value={first}
          />
          <TargetSelect
            id={`${id}-second`}
            label="Second"
            onChange={changed((target) => setWanted({ first, second: target }))}
            outlooks={outlooks}
            value={second}
          />
          {probe.isRunning ? (
            <Button key="stop" onClick={probe.stop}>
              <Square aria-hidden="true" />
              Stop
            </Button>
          ) : (
            <ProbeButton
              describedBy={forbidden === null ? undefined : `${id}-reason`}
              flagged={flagged}
              isDisabled={forbidden !== null || !parsed.success || isPending}
              onConfirm={begin}
              rounds={rounds}
            />
          )}
        </div>
        {probe.phase === "idle" && first !== second
          ? [first, second].map((target) => (
              <TargetWarning key={target} outlook={outlooks?.find((each) => each.target === target)} />
            ))
          : null}
        {first === second ? <Notice>Choose two different targets.</Notice> : null}
        {forbidden === null ? null : (
          <p className="text-muted text-sm" id={`${id}-reason`}>
            {forbidden}
          </p>
        )}
        {probe.problem ? (
          <ErrorPanel
            code={probe.problem.code}
            detail={probe.problem.message}
            title="The probe could not be made"
          />
        ) : null}
      </form>
      {probe.phase === "idle" ? null : (
        <ProbeResult
          firstName={targetName(first)}
          phase={probe.phase}
          rounds={rounds}
          samples={probe.lines}
          secondName={targetName(second)}
        />
      )}
      {began === null || probe.lines.length === 0 ? null : (
        <p className="border-t px-4 py-2 text-sm">
          <Link
            className="text-accent-ink hover:underline"
            href={callsHref({ tenant: tenant.slug, source: ["playground"], from: began })}
          >
            See the recorded calls
          </Link>
        </p>
      )}
    </Section>
  );
}
