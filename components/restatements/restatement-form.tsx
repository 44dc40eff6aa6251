"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { createRestatement, previewRestatement } from "../../lib/client/restatements.ts";
import { tenantQuery } from "../../lib/client/tenants.ts";
import type { RestatementScope } from "../../lib/contracts/restatements.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceList } from "../ui/choice-list.tsx";
import { Field } from "../ui/field.tsx";
import { ForbiddenReason } from "../ui/forbidden-reason.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Input, Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { moveSentence } from "./restatement-words.ts";

export type RestatementFormProps = { slug: string; now: string; forbidden: string | null };

type Kind = RestatementScope["method"]["kind"];

const kinds: readonly { readonly id: Kind; readonly title: string; readonly meaning: string }[] = [
  {
    id: "pin",
    title: "A pin was learned",
    meaning:
      "Judges the calls of a provider key anew, with what is known of its project now. It takes the place of an earlier notice.",
  },
  {
    id: "catalog",
    title: "A catalog row was wrong",
    meaning:
      "Judges the calls anew by a version of the catalog. It takes the place of an earlier notice; with the version they were judged by, it takes one back.",
  },
  {
    id: "notice",
    title: "The provider gave notice",
    meaning: "Of an incident, say. It can only make a verdict worse, and only where something was sent.",
  },
];

/** Asks for a correction. What it would do is counted before it is asked for. */
export function RestatementForm({ slug, now, forbidden }: RestatementFormProps) {
  const [kind, setKind] = useState<Kind>("pin");
  const reasonId = useId();
  const preview = useMutation(previewRestatement());
  const create = useMutation(createRestatement(useQueryClient()));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const scope = scopeOf(slug, kind, data);
    const wish = (event.nativeEvent as SubmitEvent).submitter?.getAttribute("value");
    if (wish !== "create") {
      preview.mutate(scope);
      return;
    }
    const text = (name: string) => String(data.get(name) ?? "");
    const evidenceUrl = text("evidenceUrl").trim() === "" ? null : text("evidenceUrl").trim();
    create.mutate(
      { ...scope, statement: text("statement"), evidence: text("evidence"), evidenceUrl },
      {
        onSuccess: () => {
          toast("Asked for: it waits for a second approver");
          form.reset();
          preview.reset();
        },
      },
    );
  };
  const failed = create.error ?? preview.error;
  const errorOf = (field: string) => (failed instanceof ProblemError ? failed.fieldMessage(field) : null);
  return (
    <Section note="It counts only when a second person approves it." title="Restate calls">
      <form className="flex flex-col gap-4 p-4" noValidate onSubmit={submit}>
        <ChoiceList legend="Cause" name="kind" onChange={setKind} options={kinds} value={kind} />
        <MethodField
          error={errorOf("method.credentialId") ?? errorOf("method.version")}
          kind={kind}
          slug={slug}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field error={errorOf("from")} label="From (UTC)">
            <Input defaultValue={daysBefore(now, 30)} name="from" type="datetime-local" />
          </Field>
          <Field error={errorOf("to")} label="To (UTC)">
            <Input defaultValue={now.slice(0, 16)} name="to" type="datetime-local" />
          </Field>
        </div>
        <Field error={errorOf("hosts")} hint="Separated by commas. Empty: every host." label="Hosts" optional>
          <Input className="font-mono text-sm" name="hosts" spellCheck={false} />
        </Field>
        <Field
          error={errorOf("models")}
          hint="Separated by commas. Empty: every model."
          label="Models"
          optional
        >
          <Input className="font-mono text-sm" name="models" spellCheck={false} />
        </Field>
        <Field
          error={errorOf("applications")}
          hint="By name, separated by commas. Empty: every application."
          label="Applications"
          optional
        >
          <Input name="applications" />
        </Field>
        <Field
          error={errorOf("statement")}
          hint="At least 20 characters. Printed in reports."
          label="What was wrong"
        >
          <Textarea maxLength={1000} name="statement" rows={2} />
        </Field>
        <Field
          error={errorOf("evidence")}
          hint="At least 20 characters. Printed in reports."
          label="How you know"
        >
          <Textarea maxLength={2000} name="evidence" rows={2} />
        </Field>
        <Field error={errorOf("evidenceUrl")} label="Link to the evidence" optional>
          <Input name="evidenceUrl" placeholder="https://…" type="url" />
        </Field>
        {preview.data ? (
          <Notice live>
            {formatNoun(preview.data.calls, "call")} in scope;{" "}
            {preview.data.moves.length === 0 ? "none would change" : moveSentence(preview.data.moves)}.
          </Notice>
        ) : null}
        {failed ? (
          <Notice live tone="outside">
            {failed.message}
          </Notice>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button aria-busy={preview.isPending} disabled={preview.isPending} type="submit" value="preview">
            {preview.isPending ? "Counting…" : "Count what would change"}
          </Button>
          <Button
            aria-busy={create.isPending}
            aria-describedby={forbidden === null ? undefined : reasonId}
            disabled={forbidden !== null || create.isPending}
            look="primary"
            type="submit"
            value="create"
          >
            Ask for the restatement
          </Button>
        </div>
        <ForbiddenReason id={reasonId} reason={forbidden} />
      </form>
    </Section>
  );
}

function MethodField({ kind, slug, error }: { kind: Kind; slug: string; error: string | null }) {
  const { data: tenant } = useQuery(tenantQuery(slug));
  if (kind === "catalog")
    return (
      <Field error={error} hint="The version with the right row." label="Catalog version">
        <Input className="max-w-32" defaultValue={1} min={1} name="version" type="number" />
      </Field>
    );
  if (kind === "notice")
    return (
      <Field label="What the calls become">
        <Select defaultValue="unverifiable" name="verdict">
          <option value="unverifiable">Not verifiable</option>
          <option value="violation">Outside policy</option>
        </Select>
      </Field>
    );
  return (
    <Field error={error} hint="Its newest pin is taken, and fixed in the restatement." label="Provider key">
      <Select name="credentialId">
        {(tenant?.credentials ?? []).map(({ id, label, hint }) => (
          <option key={id} value={id}>
            {label} (…{hint})
          </option>
        ))}
      </Select>
    </Field>
  );
}

function scopeOf(tenant: string, kind: Kind, data: FormData): RestatementScope {
  const text = (name: string) => String(data.get(name) ?? "");
  const list = (name: string) =>
    text(name)
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  const utc = (name: string) => (text(name) === "" ? "" : `${text(name)}:00.000Z`);
  return {
    tenant,
    from: utc("from"),
    to: utc("to"),
    hosts: list("hosts"),
    models: list("models"),
    applications: list("applications"),
    method: methodOf(kind, text),
  };
}

function methodOf(kind: Kind, text: (name: string) => string): RestatementScope["method"] {
  if (kind === "catalog") return { kind, version: Number(text("version")) };
  if (kind === "pin") return { kind, credentialId: text("credentialId") };
  return { kind, verdict: text("verdict") === "violation" ? "violation" : "unverifiable" };
}

function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * dayMs).toISOString().slice(0, 16);
}
