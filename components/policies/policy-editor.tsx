"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { toast } from "sonner";
import { ProblemError } from "../../lib/client/fetch-json.ts";
import { savePolicy } from "../../lib/client/policies.ts";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import { policyProblems } from "../../lib/core/policies/check-policy.ts";
import { comparePolicies } from "../../lib/core/policies/compare-policies.ts";
import type { Policy } from "../../lib/core/policies/policy.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { formatInstant } from "../ui/format-time.ts";
import { LeaveGuard } from "../ui/leave-guard.tsx";
import { Section } from "../ui/section.tsx";
import { CatalogLoader } from "./catalog-loader.tsx";
import { changed, type DraftProps } from "./draft.ts";
import { EditorAside } from "./editor-aside.tsx";
import { ContentFields } from "./fields/content-fields.tsx";
import { EnforcementFields } from "./fields/enforcement-fields.tsx";
import { EvidenceFields } from "./fields/evidence-fields.tsx";
import { HostFields } from "./fields/host-fields.tsx";
import { PlaceFields } from "./fields/place-fields.tsx";
import { PresetField } from "./fields/preset-field.tsx";
import { RoutingFields } from "./fields/routing-fields.tsx";
import { PolicyFrame } from "./policy-frame.tsx";

export type PolicyEditorProps = { slug: string; now: string };

/** Writes a tenant's next policy: what it will say, what it changes and what it would have done stand beside it. */
export function PolicyEditor({ slug, now }: PolicyEditorProps) {
  return (
    <CatalogLoader slug={slug}>
      {(book, catalog) => <LoadedEditor book={book} catalog={catalog} now={now} />}
    </CatalogLoader>
  );
}

type LoadedEditorProps = { book: PolicyBook; catalog: Catalog; now: string };

function LoadedEditor({ book, catalog, now }: LoadedEditorProps) {
  const { tenant } = book;
  // What was newest when writing began: a version saved since then is a conflict, not a thing to overwrite unseen.
  const [base] = useState(() => book.versions[0]);
  if (!base) throw new Error("A tenant without a policy.");
  const router = useRouter();
  const save = useMutation(savePolicy(useQueryClient(), tenant.slug));
  const [policy, setPolicy] = useState<Policy>(base.policy);
  const [round, setRound] = useState(0);
  const [reasonProblem, setReasonProblem] = useState<string | null>(null);
  const reasonId = useId();
  const problems = policyProblems(policy, catalog, now);
  const comparison = comparePolicies(base.policy, policy, catalog);
  const forbidden = permissionReason(tenant.role, "policy:write");
  const draft: DraftProps = {
    policy,
    catalog,
    change: (fields) => setPolicy((before) => changed(before, fields)),
    problems: [...problems, ...serverProblems(save.error)],
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    setReasonProblem(reason.trim().length < 20 ? "Say why, in at least 20 characters." : null);
    if (reason.trim().length < 20) return;
    save.mutate(
      { policy: { ...policy }, reason, baseVersion: base.version },
      {
        onSuccess: (saved) => {
          toast(
            saved.kind === "saved"
              ? `Version ${saved.version} takes effect on ${formatInstant(saved.effectiveAt, "second")}`
              : "Proposed: it waits for a second approver",
          );
          router.push(`/settings/policies/${encodeURIComponent(tenant.slug)}`);
        },
      },
    );
  };
  return (
    <PolicyFrame
      sentence={`From version ${base.version}. What allows more than before waits for a second person; everything else takes effect 30 seconds after it is saved.`}
      slug={tenant.slug}
      title={`Edit the policy of ${tenant.name}`}
    >
      <LeaveGuard
        title="Leave without saving?"
        verb="Discard and leave"
        when={comparison.changes.length > 0 && !save.isSuccess}
      >
        What you changed in this policy would be lost. No other page keeps it.
      </LeaveGuard>
      {forbidden === null ? null : (
        <p className="text-muted text-sm" id={reasonId}>
          {forbidden} You may try out what a change would do.
        </p>
      )}
      <form
        className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
        noValidate
        onSubmit={submit}
      >
        <div className="flex min-w-0 flex-col gap-5" key={round}>
          <Part title="Preset and home">
            <PresetField
              {...draft}
              replace={(next) => {
                setPolicy(next);
                // Fields that hold text of their own begin again with what the preset says.
                setRound((before) => before + 1);
              }}
            />
          </Part>
          <Part note="Rules compare countries, never the name of a region." title="Places">
            <PlaceFields {...draft} />
          </Part>
          <Part title="Hosts">
            <HostFields {...draft} />
          </Part>
          <Part title="Routing">
            <RoutingFields {...draft} />
          </Part>
          <Part title="Models and features">
            <ContentFields {...draft} />
          </Part>
          <Part note="Needed to clear a call, never to flag one." title="Evidence and doubt">
            <EvidenceFields {...draft} />
          </Part>
          <Part title="Enforcement">
            <EnforcementFields {...draft} now={now} />
          </Part>
        </div>
        <EditorAside
          base={base}
          catalog={catalog}
          comparison={comparison}
          error={save.error}
          forbiddenBy={forbidden === null ? undefined : reasonId}
          isPending={save.isPending}
          now={now}
          policy={policy}
          problems={problems}
          reasonProblem={reasonProblem}
          slug={tenant.slug}
        />
      </form>
      <p className="text-muted text-sm print:hidden">
        Nothing is kept until it is saved.{" "}
        <Link
          className="text-accent-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
          data-discards
          href={`/settings/policies/${encodeURIComponent(tenant.slug)}`}
        >
          Leave without saving
        </Link>
      </p>
    </PolicyFrame>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <Section note={note} title={title}>
      <div className="p-4">{children}</div>
    </Section>
  );
}

function serverProblems(error: Error | null): DraftProps["problems"] {
  return error instanceof ProblemError ? (error.problem.fields ?? []) : [];
}
