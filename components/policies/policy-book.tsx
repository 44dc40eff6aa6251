"use client";

import { Pencil } from "lucide-react";
import Link from "next/link";
import type { PolicyBook as Book, PolicyVersionSummary } from "../../lib/contracts/policies.ts";
import { permissionReason } from "../tenants/permission-reason.ts";
import { PolicySentences } from "../tenants/policy-sentences.tsx";
import { presetTitle } from "../tenants/policy-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { LiveEffect } from "./live-effect.tsx";
import { PolicyFrame } from "./policy-frame.tsx";
import { PolicyLoader } from "./policy-loader.tsx";
import { ProposalCard } from "./proposal-card.tsx";
import { VersionList } from "./version-list.tsx";

/** A tenant's policy: what is in force, what waits for a second person, and every version there was. */
export function PolicyBook({ slug, now }: { slug: string; now: string }) {
  return <PolicyLoader slug={slug}>{(book) => <LoadedBook book={book} now={now} />}</PolicyLoader>;
}

function LoadedBook({ book, now }: { book: Book; now: string }) {
  const { tenant, versions, proposals } = book;
  const inForce = versions.find(({ version }) => version === book.inForce);
  const upcoming = versions.filter(({ version }) => version > book.inForce);
  const waiting = proposals.filter(({ state }) => state === "waiting");
  const decided = proposals.filter(({ state }) => state !== "waiting");
  const forbidden = permissionReason(tenant.role, "policy:write");
  return (
    <PolicyFrame
      actions={<EditLink forbidden={forbidden} slug={tenant.slug} />}
      sentence={inForce ? <InForceSentence version={inForce} /> : null}
      slug={tenant.slug}
      title={`Policy of ${tenant.name}`}
    >
      {forbidden === null ? null : (
        <p className="text-muted text-sm" id="edit-reason">
          {forbidden}
        </p>
      )}
      {upcoming.map(({ version, effectiveAt }) => (
        <Notice key={version}>
          Version {version} takes effect on <Time at={effectiveAt} precision="second" />: 30 seconds after it
          was saved, so that every gateway has heard of it.
        </Notice>
      ))}
      {waiting.map((proposal) => (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]" key={proposal.id}>
          <ProposalCard proposal={proposal} tenant={tenant} />
          <LiveEffect canRun now={now} policy={proposal.policy} slug={tenant.slug} />
        </div>
      ))}
      {inForce ? (
        <Section
          action={<Badge>Version {inForce.version}</Badge>}
          note={`${presetTitle(inForce.policy.preset)}. Each call is judged by the version in force when it began.`}
          title="In force"
        >
          <div className="p-4">
            <PolicySentences sentences={inForce.sentences} />
          </div>
        </Section>
      ) : null}
      <VersionList inForce={book.inForce} versions={versions} />
      {decided.length > 0 ? (
        <Section note="The last ones, whatever became of them." title="Earlier proposals">
          <ul className="divide-y divide-line">
            {decided.map((proposal) => (
              <li className="px-4 py-3" key={proposal.id}>
                <ProposalCard flat proposal={proposal} tenant={tenant} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </PolicyFrame>
  );
}

function InForceSentence({ version }: { version: PolicyVersionSummary }) {
  const { enforcement } = version.policy;
  return (
    <>
      Version {version.version} in force since <Time at={version.effectiveAt} /> ·{" "}
      {enforcement.mode === "block" ? (
        "stops what is outside policy"
      ) : (
        <>
          observes
          {enforcement.until === null ? "" : " until "}
          {enforcement.until === null ? null : <Time at={enforcement.until} />}
        </>
      )}
    </>
  );
}

function EditLink({ slug, forbidden }: { slug: string; forbidden: string | null }) {
  if (forbidden !== null)
    return (
      <Button aria-describedby="edit-reason" disabled look="primary">
        <Pencil aria-hidden="true" />
        Edit policy
      </Button>
    );
  return (
    <Button asChild look="primary">
      <Link href={`/settings/policies/${encodeURIComponent(slug)}/edit`}>
        <Pencil aria-hidden="true" />
        Edit policy
      </Link>
    </Button>
  );
}
