"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { revokeCredential } from "../../lib/client/tenants.ts";
import type { CredentialSummary, TenantDetail } from "../../lib/contracts/tenants.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";
import { Time } from "../ui/time.tsx";
import { AddCredentialDialog } from "./add-credential-dialog.tsx";
import { AttestPinDialog } from "./attest-pin-dialog.tsx";
import { NameProjectDialog } from "./name-project-dialog.tsx";
import { permissionReason } from "./permission-reason.ts";
import { PinStatement } from "./pin-statement.tsx";
import { ProbePinDialog } from "./probe-pin-dialog.tsx";
import { ReplaceCredentialDialog } from "./replace-credential-dialog.tsx";
import { UpstreamFacts } from "./upstream-facts.tsx";
import { describeUpstream, kindWords } from "./upstream-words.ts";

export type CredentialSectionProps = { tenant: TenantDetail; person: string };

/** The provider's keys the tenant sends with, where each may go, and what is known of its project. */
export function CredentialSection({ tenant, person }: CredentialSectionProps) {
  const reasonId = useId();
  const forbidden = permissionReason(tenant.role, "credential:write");
  return (
    <Section
      action={<AddCredentialDialog disabledBy={forbidden === null ? null : reasonId} tenant={tenant} />}
      note="Encrypted and never shown. Each may be sent to the hosts it names and nowhere else."
      title="Provider keys and pins"
    >
      {forbidden === null ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          {forbidden}
        </p>
      )}
      {tenant.credentials.length === 0 ? (
        <Empty kind="no-data" title="No provider key yet">
          Without one, applications must send their own OpenAI key beside{" "}
          <code className="font-mono">x-domicile-key</code>, and the playground cannot send.
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {tenant.credentials.map((credential) => (
            <Credential
              credential={credential}
              forbiddenBy={forbidden === null ? null : reasonId}
              key={credential.id}
              person={person}
              tenant={tenant}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

type CredentialProps = {
  credential: CredentialSummary;
  tenant: TenantDetail;
  person: string;
  forbiddenBy: string | null;
};

function Credential({ credential, tenant, person, forbiddenBy }: CredentialProps) {
  const revoke = useMutation(revokeCredential(useQueryClient(), tenant.slug));
  const { label, hint, hosts, projectId, pin, createdAt, revokedAt, upstream } = credential;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium text-base">{label}</h3>
        <code className="font-mono text-faint text-xs">…{hint}</code>
        {upstream.kind === "openai" ? null : <Badge tone="outline">{kindWords[upstream.kind]}</Badge>}
        {revokedAt === null ? null : <Badge tone="outline">Revoked</Badge>}
        {revokedAt === null ? (
          <span className="ml-auto flex gap-1">
            {upstream.kind === "openai" ? (
              <>
                <AttestPinDialog
                  credential={credential}
                  disabledBy={forbiddenBy}
                  person={person}
                  tenant={tenant}
                />
                <ProbePinDialog credential={credential} disabledBy={forbiddenBy} tenant={tenant} />
              </>
            ) : null}
            <ReplaceCredentialDialog disabledBy={forbiddenBy} of={credential} tenant={tenant.slug} />
            <ConfirmDialog
              onConfirm={() => revoke.mutateAsync(credential.id)}
              title={`Stop using the provider key ${label}?`}
              trigger={
                <Button
                  aria-describedby={forbiddenBy ?? undefined}
                  aria-label={`Revoke the provider key ${label}`}
                  disabled={forbiddenBy !== null}
                  look="quiet"
                  size="sm"
                >
                  Revoke
                </Button>
              }
              verb="Revoke provider key"
            >
              The gateway no longer sends it. Calls that need it are refused. This cannot be undone here;
              revoke it at the provider as well where it may have leaked.
            </ConfirmDialog>
          </span>
        ) : null}
      </div>
      <DefinitionList
        items={[
          {
            term: "May go to",
            value: (
              <span className="flex flex-wrap gap-x-3 gap-y-1 font-mono text-xs">
                {hosts.map((host) => (
                  <code key={host}>{host}</code>
                ))}
              </span>
            ),
          },
          ...(upstream.kind === "openai"
            ? [
                { term: "Pin", value: <PinStatement pin={pin} /> },
                {
                  term: "Project",
                  value: projectId ? (
                    <Copyable length={32} text={projectId} what="project id" />
                  ) : (
                    <span className="flex flex-wrap items-center gap-x-2">
                      <span className="text-faint">Not named</span>
                      {revokedAt === null ? (
                        <NameProjectDialog
                          credential={credential}
                          disabledBy={forbiddenBy}
                          tenant={tenant.slug}
                        />
                      ) : null}
                    </span>
                  ),
                },
              ]
            : [{ term: "Asked at", value: describeUpstream(upstream) }]),
          ...(upstream.kind === "azure"
            ? [{ term: "Configured place", value: <UpstreamFacts credential={credential} /> }]
            : []),
          {
            term: revokedAt === null ? "Added" : "Revoked",
            value: <Time at={revokedAt ?? createdAt} />,
          },
        ]}
      />
    </li>
  );
}
