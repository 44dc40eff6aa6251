"use client";

import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { leavesInferenceOpen } from "../../../lib/core/policies/requirements.ts";
import { normaliseHost } from "../../../lib/core/regions/normalise-host.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { type DraftProps, problemOf } from "../draft.ts";
import { AcceptanceField } from "./acceptance-field.tsx";
import { CheckField } from "./check-field.tsx";

/** The global host, inference elsewhere, and hosts that OpenAI does not document. */
export function HostFields({ policy, change, problems }: DraftProps) {
  const { global, inferenceElsewhere } = policy;
  return (
    <div className="flex flex-col gap-4">
      <CheckField
        checked={global.allowed}
        hint="api.openai.com promises no place. A named person accepts that."
        label="The global host may be used"
        onChange={(allowed) =>
          change({ global: allowed ? { allowed: true, acceptance: null } : { allowed: false } })
        }
      />
      {global.allowed && policy.preset !== "no_location_requirement" ? (
        <AcceptanceField
          acceptance={global.acceptance}
          legend="Acceptance: the global host promises no place"
          onChange={(acceptance) => change({ global: { allowed: true, acceptance } })}
          path="global.acceptance"
          problems={problems}
        />
      ) : null}
      {leavesInferenceOpen(policy) || inferenceElsewhere ? (
        <AcceptanceField
          acceptance={inferenceElsewhere ?? null}
          legend="Acceptance: inference runs elsewhere"
          onChange={(acceptance) => change({ inferenceElsewhere: acceptance })}
          path="inferenceElsewhere"
          problems={problems}
        />
      ) : null}
      <CustomHosts change={change} policy={policy} problems={problems} />
    </div>
  );
}

function CustomHosts({ policy, change, problems }: Omit<DraftProps, "catalog">) {
  const [name, setName] = useState("");
  const id = useId();
  const reasons = policy.customHostReasons ?? {};
  const set = (hosts: readonly string[], texts: Readonly<Record<string, string>>) =>
    change({
      customHosts: hosts,
      customHostReasons: Object.fromEntries(hosts.map((host) => [host, texts[host] ?? ""])),
    });
  const add = () => {
    const host = normaliseHost(name);
    if (host === "" || policy.customHosts.includes(host)) return;
    set([...policy.customHosts, host], reasons);
    setName("");
  };
  return (
    <fieldset aria-describedby={`${id}-hint`} className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-sm">Admitted hosts</legend>
      <p className="text-faint text-xs" id={`${id}-hint`}>
        Names that you own and OpenAI does not document. Where they pass content on is only a label, so no
        call through one is ever cleared where a place is asked for.
      </p>
      {policy.customHosts.map((host, at) => (
        <div className="flex flex-col gap-2 rounded-md border p-3" key={host}>
          <div className="flex items-center gap-2">
            <code className="min-w-0 flex-1 break-all font-mono text-sm">{host}</code>
            <Button
              aria-label={`Remove ${host}`}
              look="quiet"
              onClick={() =>
                set(
                  policy.customHosts.filter((each) => each !== host),
                  reasons,
                )
              }
              size="sm"
            >
              <X aria-hidden="true" />
              Remove
            </Button>
          </div>
          <Field
            error={
              problemOf(problems, `customHosts.${at}`) ?? problemOf(problems, `customHostReasons.${host}`)
            }
            hint="At least 20 characters. Printed in reports."
            label={`Why ${host} is admitted`}
          >
            <Textarea
              maxLength={2000}
              onChange={({ target }) => set(policy.customHosts, { ...reasons, [host]: target.value })}
              rows={2}
              value={reasons[host] ?? ""}
            />
          </Field>
        </div>
      ))}
      <div className="flex items-end gap-2">
        <Field className="min-w-0 flex-1" label="Host to admit">
          <Input
            autoComplete="off"
            className="font-mono text-sm"
            maxLength={253}
            onChange={({ target }) => setName(target.value)}
            placeholder="llm.bank.example"
            spellCheck={false}
            value={name}
          />
        </Field>
        <Button disabled={name.trim() === ""} onClick={add}>
          <Plus aria-hidden="true" />
          Add host
        </Button>
      </div>
    </fieldset>
  );
}
