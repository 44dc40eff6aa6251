"use client";

import { Columns2, Send, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId } from "react";
import { useTenants } from "../layout/tenants.tsx";
import { useCatalog } from "../regions/use-catalog.ts";
import { TenantOptions } from "../tenants/tenant-options.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { ModelField } from "./model-field.tsx";

export type ComposerProps = {
  tenant: string;
  onTenant: (slug: string) => void;
  model: string;
  onModel: (model: string) => void;
  prompt: string;
  onPrompt: (prompt: string) => void;
  isComparing: boolean;
  onCompare: () => void;
  isRunning: boolean;
  onSend: () => void;
  onStop: () => void;
  /** Why the reader may not send; null where he may. */
  forbidden: string | null;
};

/** Who sends what. Ctrl+Enter sends. */
export function Composer(props: ComposerProps) {
  const { prompt, model, isRunning, forbidden } = props;
  const tenants = useTenants();
  const catalog = useCatalog();
  const reasonId = useId();
  const canSend = forbidden === null && prompt.trim() !== "" && model.trim() !== "";
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (canSend && !isRunning) props.onSend();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form
      aria-label="Prompt"
      className="flex flex-col gap-4 rounded-md border bg-surface p-4"
      onSubmit={submit}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Tenant">
          <Select onChange={(event) => props.onTenant(event.target.value)} value={props.tenant}>
            <TenantOptions tenants={tenants} />
          </Select>
        </Field>
        <ModelField
          catalog={catalog}
          hint="Pick one the catalog lists, or type any name."
          model={model}
          onModel={props.onModel}
        />
      </div>
      <Field
        hint="Sent to the provider. Domicile stores it nowhere, not in the record either."
        label="Prompt"
      >
        <Textarea
          maxLength={8000}
          onChange={(event) => props.onPrompt(event.target.value)}
          onKeyDown={onKeyDown}
          rows={3}
          value={prompt}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        {/* Keys of their own: one element that turns into the submit button under the click would send again. */}
        {isRunning ? (
          <Button key="stop" onClick={props.onStop}>
            <Square aria-hidden="true" />
            Stop
          </Button>
        ) : (
          <Button
            aria-describedby={forbidden === null ? undefined : reasonId}
            disabled={!canSend}
            key="send"
            look="primary"
            type="submit"
          >
            <Send aria-hidden="true" />
            {props.isComparing ? "Send to both" : "Send"}
          </Button>
        )}
        {props.isComparing ? null : (
          <Button disabled={isRunning} onClick={props.onCompare}>
            <Columns2 aria-hidden="true" />
            Compare with another target
          </Button>
        )}
        {forbidden === null ? (
          <p className="ml-auto text-faint text-xs max-sm:hidden">
            <kbd className="font-mono">Ctrl</kbd> <kbd className="font-mono">Enter</kbd> sends
          </p>
        ) : (
          <p className="text-muted text-sm" id={reasonId}>
            {forbidden}
          </p>
        )}
      </div>
    </form>
  );
}
