"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { revokeSession, sessionsQuery } from "../../lib/client/sessions.ts";
import type { SessionSummary } from "../../lib/contracts/sessions.ts";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { Section } from "../ui/section.tsx";
import { ChangePasswordDialog } from "./change-password-dialog.tsx";
import { SessionTable } from "./session-table.tsx";

export type SessionPageProps = {
  /** Of the reader. */
  email: string;
  /** Whether he is an admin of any tenant, and so sees its members' sessions. */
  administers: boolean;
};

/** Who is signed in where. A revoked session is refused with its next request. */
export function SessionPage({ email, administers }: SessionPageProps) {
  const { data, error, refetch } = useQuery(sessionsQuery());
  const revoke = useMutation(revokeSession(useQueryClient()));
  const mine = data?.filter((session) => session.email === email);
  const members = data?.filter((session) => session.email !== email);
  const table = { onRevoke: revoke.mutateAsync };
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        range={false}
        sentence={
          data
            ? "A session ends after half an hour without use, after twelve hours in any case, and at once when it is revoked."
            : null
        }
        tenant={false}
        title="Sessions"
      />
      {error && !data ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} title="The sessions could not be loaded" />
      ) : (
        <>
          <Section
            action={<ChangePasswordDialog email={email} />}
            note={`You sign in as ${email}. A change ends your other sessions.`}
            title="Your password"
          >
            <p className="px-4 py-3 text-muted text-sm">
              Only a hash of it is kept. Who has forgotten it asks an administrator of the deployment for
              another.
            </p>
          </Section>
          <Section note={countNote(mine)} title="Your sessions">
            <SessionTable {...table} caption="Browsers you are signed in with" sessions={mine} />
          </Section>
          {administers ? (
            <Section note={countNote(members)} title="Sessions of members">
              <SessionTable
                {...table}
                caption="Browsers members are signed in with"
                empty={
                  <Empty kind="no-data" title="No member is signed in">
                    People in the tenants you administer appear here while they are.
                  </Empty>
                }
                sessions={members}
                showPerson
              />
            </Section>
          ) : (
            <p className="text-muted text-sm">
              Sessions of others are shown to admins of their tenants, who may revoke them.
            </p>
          )}
        </>
      )}
    </div>
  );
}

function countNote(sessions: readonly SessionSummary[] | undefined): string | undefined {
  return sessions && `${formatNoun(sessions.length, "session")} signed in`;
}
