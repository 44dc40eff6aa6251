"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { probePin } from "../../lib/client/tenants.ts";
import type { CredentialSummary, ProbeOutcome, TenantDetail } from "../../lib/contracts/tenants.ts";
import { probeHosts } from "../../lib/core/policies/read-probe.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";

export type ProbePinDialogProps = {
  tenant: TenantDetail;
  credential: CredentialSummary;
  disabledBy: string | null;
};

/** Asks the provider itself what a project is bound to. What that tells the provider is said before. */
export function ProbePinDialog({ tenant, credential, disabledBy }: ProbePinDialogProps) {
  const [open, setOpen] = useState(false);
  const regions = openaiCatalog.regions.filter(({ hosts }) =>
    hosts.some((host) => credential.hosts.includes(host)),
  );
  if (regions.length === 0) return null;
  return (
    <Dialog
      description="Two requests for the list of models, without content: at the project's own host, and, where that serves the key, at a documented host of another region. A project bound to its region is refused there."
      onOpenChange={setOpen}
      open={open}
      title={`Probe the pin of ${credential.label}`}
      trigger={
        <Button
          aria-describedby={disabledBy ?? undefined}
          aria-label={`Probe pin of ${credential.label}`}
          disabled={disabledBy !== null}
          look="quiet"
          size="sm"
        >
          Probe pin
        </Button>
      }
    >
      <ProbePinForm credential={credential} regions={regions} tenant={tenant} />
    </Dialog>
  );
}

type ProbePinFormProps = {
  tenant: TenantDetail;
  credential: CredentialSummary;
  regions: readonly { readonly code: string; readonly name: string }[];
};

function ProbePinForm({ tenant, credential, regions }: ProbePinFormProps) {
  const probe = useMutation(probePin(useQueryClient(), tenant.slug));
  const home = regions.find(({ code }) => code === tenant.homeRegion) ?? regions[0];
  const [region, setRegion] = useState(home?.code ?? "");
  const [disclose, setDisclose] = useState(false);
  const id = useId();
  const { own, wrong } = probeHosts(region, openaiCatalog);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    probe.mutate({ credentialId: credential.id, region, disclose: true });
  };
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field label="The project is thought to be of">
        <Select onChange={({ target: { value } }) => setRegion(value)} value={region}>
          {regions.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Notice tone="doubt">
        The key is sent to <code className="font-mono text-xs">{own}</code> and then to{" "}
        <code className="font-mono text-xs">{wrong}</code>. Both are OpenAI's; the second one is outside of
        what the key was saved for, and learns the key. No content is sent. That you asked for it is recorded.
      </Notice>
      <div className="flex gap-2.5">
        <input
          checked={disclose}
          className="mt-1 size-3.5 shrink-0 accent-accent"
          id={id}
          onChange={({ target }) => setDisclose(target.checked)}
          type="checkbox"
        />
        <label className="text-sm" htmlFor={id}>
          The key may be told to {wrong}
        </label>
      </div>
      {probe.data ? <Outcome outcome={probe.data} /> : null}
      {probe.error ? (
        <Notice live tone="outside">
          {probe.error.message}
        </Notice>
      ) : null}
      <DialogActions>
        <DialogClose asChild>
          <Button>{probe.data ? "Close" : "Cancel"}</Button>
        </DialogClose>
        <Button
          aria-busy={probe.isPending}
          disabled={!disclose || probe.isPending}
          look="primary"
          type="submit"
        >
          {probe.isPending ? "Asking…" : "Probe pin"}
        </Button>
      </DialogActions>
    </form>
  );
}

function Outcome({ outcome }: { outcome: ProbeOutcome }) {
  return (
    <Notice live tone={outcome.recorded ? "plain" : "doubt"}>
      <p>{outcome.sentence}</p>
      <p>{outcome.recorded ? "The pin is recorded with the source “probe”." : "The pin stays as it was."}</p>
    </Notice>
  );
}
