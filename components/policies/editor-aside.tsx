import { ProblemError } from "../../lib/client/fetch-json.ts";
import type { PolicyVersionSummary } from "../../lib/contracts/policies.ts";
import type { PolicyComparison } from "../../lib/core/policies/compare-policies.ts";
import { explainPolicy } from "../../lib/core/policies/explain-policy.ts";
import type { Policy } from "../../lib/core/policies/policy.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { PolicySentences } from "../tenants/policy-sentences.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { ChangeList } from "./change-list.tsx";
import { LiveEffect } from "./live-effect.tsx";

export type EditorAsideProps = {
  slug: string;
  now: string;
  base: PolicyVersionSummary;
  policy: Policy;
  catalog: Catalog;
  comparison: PolicyComparison;
  problems: readonly { readonly field: string; readonly message: string }[];
  reasonProblem: string | null;
  isPending: boolean;
  error: Error | null;
  forbiddenBy: string | undefined;
};

/** What the policy that is being written changes, does and says, and the way to save it. */
export function EditorAside(props: EditorAsideProps) {
  const {
    slug,
    now,
    base,
    policy,
    catalog,
    comparison,
    problems,
    reasonProblem,
    isPending,
    error,
    forbiddenBy,
  } = props;
  const { changes, widens, reachable, unreachable } = comparison;
  const isSame = changes.length === 0 && policy.preset === base.policy.preset;
  return (
    <div className="flex min-w-0 flex-col gap-5 lg:sticky lg:top-5">
      <Section note={`Against version ${base.version}.`} title="What changes">
        <div className="flex flex-col gap-3 p-4">
          <ChangeList changes={changes} none="Nothing yet." />
          <Hosts hosts={reachable} what="Can be reached now" />
          <Hosts hosts={unreachable} what="Can no longer be reached" />
          {widens ? (
            <Notice tone="doubt">
              It allows what was not allowed, so it takes effect only when another admin or officer approves
              it.
            </Notice>
          ) : null}
          {problems.map(({ field, message }) => (
            <Notice key={`${field} ${message}`} live tone="outside">
              {message}
            </Notice>
          ))}
        </div>
      </Section>
      <LiveEffect canRun={problems.length === 0} now={now} policy={policy} slug={slug} />
      <Section title="Save">
        <div className="flex flex-col gap-3 p-4">
          <Field
            error={reasonProblem ?? (error instanceof ProblemError ? error.fieldMessage("reason") : null)}
            hint="At least 20 characters. It stays with the version for good."
            label="Reason for the change"
          >
            <Textarea maxLength={2000} name="reason" rows={3} />
          </Field>
          {error ? (
            <Notice live tone="outside">
              {error.message}
            </Notice>
          ) : null}
          <Button
            aria-busy={isPending}
            aria-describedby={forbiddenBy}
            className="self-start"
            disabled={forbiddenBy !== undefined || isPending || isSame || problems.length > 0}
            look="primary"
            type="submit"
          >
            {isPending
              ? "Saving…"
              : widens
                ? "Propose to a second approver"
                : `Save version ${base.version + 1}`}
          </Button>
        </div>
      </Section>
      <Section note="As it will be in force" title="What this policy says">
        <div className="p-4">
          <PolicySentences sentences={explainPolicy(policy, catalog)} />
        </div>
      </Section>
    </div>
  );
}

function Hosts({ hosts, what }: { hosts: readonly string[]; what: string }) {
  if (hosts.length === 0) return null;
  return (
    <p className="break-words text-sm">
      <span className="font-medium">{what}:</span>{" "}
      <span className="font-mono text-xs">{hosts.join(", ")}</span>
    </p>
  );
}
