"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { requestRetention, retentionPreviewQuery } from "../../lib/client/retention.ts";
import type { RetentionBook } from "../../lib/contracts/retention.ts";
import {
  type RetentionPresetId,
  retentionPresetIds,
  retentionPresets,
} from "../../lib/core/retention/presets.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { Field } from "../ui/field.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Submit } from "../ui/submit.tsx";
import { Time } from "../ui/time.tsx";

/** The periods there are, each with its reason; what would go is shown before it is asked for. */
export function PeriodSection({ book }: { book: RetentionBook }) {
  const { tenant, inForce } = book;
  const [chosen, setChosen] = useState<RetentionPresetId>(inForce.preset);
  const forbidden = permissionReason(tenant.role, "retention:propose");
  return (
    <Section
      note="Counted from the day of recording, in whole UTC months. Leaf hashes, checkpoints and hourly counts stay, so every proof made before still holds."
      title="Period"
    >
      <fieldset className="divide-y divide-line">
        <legend className="sr-only">How long records are kept</legend>
        {retentionPresetIds.map((id) => {
          const { title, reason, source } = retentionPresets[id];
          return (
            <label className="flex cursor-pointer gap-3 px-4 py-3 hover:bg-hover" key={id}>
              <input
                checked={chosen === id}
                className="mt-1 size-3.5 shrink-0 accent-accent"
                name="preset"
                onChange={() => setChosen(id)}
                type="radio"
                value={id}
              />
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className="flex flex-wrap items-center gap-2 font-medium text-base">
                  {title}
                  {inForce.preset === id ? <Badge tone="accent">In force</Badge> : null}
                </span>
                <span className="text-sm">{reason}</span>
                <span className="text-faint text-xs">{source}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      {inForce.decided === null && chosen === inForce.preset ? null : (
        <div className="flex flex-col gap-4 border-t p-4">
          {inForce.decided ? (
            <p className="text-muted text-sm">
              Asked for by {inForce.decided.by}, approved by {inForce.decided.approvedBy},{" "}
              <Time at={inForce.decided.at} />.
            </p>
          ) : null}
          {chosen === inForce.preset ? null : (
            <Wish chosen={chosen} forbidden={forbidden} slug={tenant.slug} />
          )}
        </div>
      )}
    </Section>
  );
}

function Wish({
  slug,
  chosen,
  forbidden,
}: {
  slug: string;
  chosen: RetentionPresetId;
  forbidden: string | null;
}) {
  const request = useMutation(requestRetention(useQueryClient()));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setProblem(reason.length < 20 ? "Say why, in at least 20 characters." : null);
    if (reason.length >= 20) request.mutate({ tenant: slug, preset: chosen, reason });
  };
  const { error } = request;
  return (
    <form className="flex max-w-2xl flex-col gap-4" noValidate onSubmit={submit}>
      <Preview preset={chosen} slug={slug} />
      <Field
        error={problem ?? (error instanceof ProblemError ? error.fieldMessage("reason") : null)}
        hint="Which law, contract or promise it follows. Kept in the log."
        label={`Why ${retentionPresets[chosen].title.toLowerCase()}`}
      >
        <Textarea maxLength={2_000} name="reason" rows={3} />
      </Field>
      {error ? (
        <Notice live tone="outside">
          {error.message}
        </Notice>
      ) : request.isSuccess ? (
        <Notice live>Asked for. It takes effect when a second person has approved.</Notice>
      ) : null}
      <Submit forbidden={forbidden} isPending={request.isPending} verb="Ask for this period" />
    </form>
  );
}

function Preview({ slug, preset }: { slug: string; preset: RetentionPresetId }) {
  const { data, error } = useQuery(retentionPreviewQuery(slug, preset));
  if (error) return <Notice tone="outside">What would go could not be counted: {error.message}</Notice>;
  if (!data) return <Notice>Counting what would go…</Notice>;
  if (data.before === null) return <Notice>Nothing would be deleted.</Notice>;
  if (data.entries === 0)
    return (
      <Notice>
        Nothing is older than <Time at={data.before} /> now. From then on each month goes when it has expired.
      </Notice>
    );
  return (
    <Notice tone="stopped">
      {formatNoun(data.entries, "entry", "entries")} and {formatNoun(data.calls, "call")} recorded before{" "}
      <Time at={data.before} /> would be deleted at once:{" "}
      {data.months.map(({ month, entries }) => `${formatCount(entries)} of ${month}`).join(", ")}. This cannot
      be undone.
    </Notice>
  );
}
