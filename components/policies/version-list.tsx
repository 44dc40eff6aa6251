import { ChevronRight } from "lucide-react";
import type { PolicyVersionSummary } from "../../lib/contracts/policies.ts";
import { PolicySentences } from "../tenants/policy-sentences.tsx";
import { presetTitle } from "../tenants/policy-words.ts";
import { Badge } from "../ui/badge.tsx";
import { cn } from "../ui/cn.ts";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { ChangeList } from "./change-list.tsx";

export type VersionListProps = { versions: readonly PolicyVersionSummary[]; inForce: number };

/** Every version, newest first: who saved it, why, and what it changed. None is ever changed. */
export function VersionList({ versions, inForce }: VersionListProps) {
  return (
    <Section note="A version is never changed or deleted." title={formatNoun(versions.length, "version")}>
      <ul className="divide-y divide-line">
        {versions.map((version) => (
          <li key={version.version}>
            <Version isInForce={version.version === inForce} version={version} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Version({ version, isInForce }: { version: PolicyVersionSummary; isInForce: boolean }) {
  const { changes, policy, reason, createdBy, approvedBy } = version;
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90"
        />
        <span className="font-medium">Version {version.version}</span>
        {isInForce ? <Badge tone="accent">In force</Badge> : null}
        <span className="text-muted">{presetTitle(policy.preset)}</span>
        <span
          className={cn("min-w-0 flex-1 basis-48 truncate text-muted", reason === null && "max-sm:hidden")}
        >
          {reason}
        </span>
        <span className="flex flex-wrap gap-x-3 text-muted">
          <span>
            {createdBy}
            {approvedBy === null ? "" : ` with ${approvedBy}`}
          </span>
          <Time at={version.effectiveAt} />
        </span>
      </summary>
      <div className="flex flex-col gap-4 border-t bg-sunken px-4 py-3">
        <DefinitionList
          items={[
            { term: "Saved by", value: createdBy },
            { term: "Second approver", value: approvedBy ?? "None: it allowed nothing new" },
            { term: "Reason", value: reason ?? "The tenant's first policy" },
            { term: "Saved", value: <Time at={version.createdAt} precision="second" /> },
            { term: "In force from", value: <Time at={version.effectiveAt} precision="second" /> },
            { term: "SHA-256", value: <Copyable length={24} text={version.sha256} what="hash" /> },
          ]}
        />
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">What it changed</h3>
          <ChangeList
            changes={changes}
            none="Nothing: it is the first version, or as wide as the one before."
          />
        </div>
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">What it says</h3>
          <PolicySentences sentences={version.sentences} />
        </div>
      </div>
    </details>
  );
}
