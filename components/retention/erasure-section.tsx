"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { findSubject, requestErasure } from "../../lib/client/retention.ts";
import { erasureInput, type RetentionBook } from "../../lib/contracts/retention.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { fieldProblems } from "../ui/field-problems.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Input, Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Submit } from "../ui/submit.tsx";

/** Has one person forgotten, across the whole log, by the id the application gave for that end user. */
export function ErasureSection({ book: { tenant } }: { book: RetentionBook }) {
  const find = useMutation(findSubject());
  const request = useMutation(requestErasure(useQueryClient()));
  const [endUser, setEndUser] = useState("");
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const forbidden = permissionReason(tenant.role, "retention:propose");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const parsed = erasureInput.safeParse({
      ...Object.fromEntries(new FormData(form)),
      tenant: tenant.slug,
      endUser,
    });
    if (!parsed.success) {
      setProblems(fieldProblems(parsed.error));
      return;
    }
    setProblems({});
    find.reset();
    request.mutate(parsed.data, {
      onSuccess: () => {
        setEndUser("");
        form.reset();
      },
    });
  };
  const { error } = request;
  const messageOf = (field: string) =>
    problems[field] ?? (error instanceof ProblemError ? error.fieldMessage(field) : null);
  return (
    <Section
      note="Deletes what opens this person's commitments, in every epoch. What was recorded stays proven; whom it spoke of is gone. Backups forget when they expire."
      title="Erase a person"
    >
      <form className="flex max-w-2xl flex-col gap-4 p-4" noValidate onSubmit={submit}>
        <Field
          error={messageOf("endUser")}
          hint="Exactly as the application sends it in x-domicile-end-user. It is turned into a keyed hash at once, and is stored and logged nowhere."
          label="End-user id"
        >
          <Input
            autoComplete="off"
            maxLength={1_024}
            onChange={({ target }) => {
              setEndUser(target.value);
              find.reset();
              request.reset();
            }}
            spellCheck={false}
            value={endUser}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            disabled={endUser === "" || find.isPending || forbidden !== null}
            onClick={() => find.mutate({ tenant: tenant.slug, endUser })}
          >
            Look what there is
          </Button>
          {find.data ? (
            <p className="text-sm" role="status">
              {find.data.openings === 0
                ? "Nothing in the log opens to this id."
                : `${formatNoun(find.data.openings, "opening")} in ${formatNoun(find.data.entries, "entry", "entries")}.`}
            </p>
          ) : find.error ? (
            <p className="text-outside-ink text-sm" role="alert">
              {find.error.message}
            </p>
          ) : null}
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            error={messageOf("reference")}
            hint="Number or file of the person's request. Not the person's name."
            label="Reference of the request"
          >
            <Input autoComplete="off" maxLength={120} name="reference" />
          </Field>
          <Field error={messageOf("basis")} label="Legal basis">
            <Input autoComplete="off" defaultValue="GDPR Art. 17(1)" maxLength={200} name="basis" />
          </Field>
        </div>
        <Field error={messageOf("reason")} hint="Kept in the log. Do not name the person." label="Reason">
          <Textarea maxLength={2_000} name="reason" rows={2} />
        </Field>
        {error && !(error instanceof ProblemError && (error.problem.fields?.length ?? 0) > 0) ? (
          <Notice live tone="outside">
            {error.message}
          </Notice>
        ) : request.data ? (
          <Notice live>
            Asked for: {formatNoun(request.data.openings, "opening")} in{" "}
            {formatNoun(request.data.entries, "entry", "entries")}. They go when a second person has approved.
          </Notice>
        ) : null}
        <Submit forbidden={forbidden} isPending={request.isPending} verb="Ask for the erasure" />
      </form>
    </Section>
  );
}
