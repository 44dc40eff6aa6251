"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { peopleQuery, setAdministration, setEnabled } from "../../lib/client/people.ts";
import type { PersonSummary } from "../../lib/contracts/people.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatNoun } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { CreatePersonDialog } from "./create-person-dialog.tsx";
import { LastSignIn } from "./last-sign-in.tsx";
import { PersonName } from "./person-name.tsx";
import { ResetPasswordDialog } from "./reset-password-dialog.tsx";
import { administrationMeaning } from "./role-words.ts";

/** Everybody who may sign in to the deployment, whichever tenants they are in. For its administrators. */
export function DeploymentPeople() {
  const { data, error, refetch } = useQuery(peopleQuery());
  if (error && !data)
    return (
      <ErrorPanel
        error={error}
        onRetry={() => void refetch()}
        title="The people of the deployment could not be loaded"
      />
    );
  return (
    <Section
      action={<CreatePersonDialog />}
      note="Everybody who may sign in, for administrators of the deployment. Each change is an entry of the deployment's own log."
      title="People of the deployment"
    >
      <DataTable
        caption="Everybody of the deployment"
        columns={columns}
        isLoading={data === undefined}
        rowClassName={({ disabledAt }) => (disabledAt === null ? undefined : "text-muted")}
        rowKey={({ personId }) => personId}
        rows={data ?? []}
        skeletonRows={4}
      />
    </Section>
  );
}

const columns: readonly Column<PersonSummary>[] = [
  {
    id: "person",
    header: "Person",
    cell: ({ name, email, isSelf, deploymentAdmin, disabledAt }) => (
      <PersonName email={email} name={name}>
        {isSelf ? <Badge tone="accent">You</Badge> : null}
        {deploymentAdmin ? <Badge>Deployment admin</Badge> : null}
        {disabledAt === null ? null : <Badge tone="outline">Disabled</Badge>}
      </PersonName>
    ),
  },
  { id: "tenants", header: "Member of", cell: ({ tenants }) => formatNoun(tenants, "tenant") },
  { id: "seen", header: "Last sign-in", cell: ({ lastSignInAt }) => <LastSignIn at={lastSignInAt} /> },
  {
    id: "action",
    header: <span className="sr-only">Action</span>,
    align: "right",
    cell: (person) =>
      person.isSelf ? null : (
        <span className="flex justify-end gap-1 print:hidden">
          <GrantOrWithdraw person={person} />
          <ResetPasswordDialog person={person} />
          <EnableOrDisable person={person} />
        </span>
      ),
  },
];

function GrantOrWithdraw({ person: { personId, name, deploymentAdmin } }: { person: PersonSummary }) {
  const set = useMutation(setAdministration(useQueryClient()));
  const verb = deploymentAdmin ? "Withdraw administration" : "Grant administration";
  return (
    <ConfirmDialog
      onConfirm={() => set.mutateAsync({ personId, granted: !deploymentAdmin })}
      title={
        deploymentAdmin
          ? `Withdraw the administration of the deployment from ${name}?`
          : `Grant the administration of the deployment to ${name}?`
      }
      trigger={
        <Button
          aria-label={
            deploymentAdmin ? `Withdraw administration from ${name}` : `Grant administration to ${name}`
          }
          className="h-6"
          look="quiet"
          size="sm"
        >
          {verb}
        </Button>
      }
      verb={verb}
    >
      {deploymentAdmin
        ? "It counts from the person's next request on. Memberships of tenants stay."
        : `It counts from the person's next request on. ${administrationMeaning} It opens no tenant.`}
    </ConfirmDialog>
  );
}

function EnableOrDisable({ person: { personId, name, disabledAt } }: { person: PersonSummary }) {
  const set = useMutation(setEnabled(useQueryClient()));
  const verb = disabledAt === null ? "Disable" : "Enable";
  return (
    <ConfirmDialog
      onConfirm={() => set.mutateAsync({ personId, enabled: disabledAt !== null })}
      title={`${verb} ${name}?`}
      trigger={
        <Button aria-label={`${verb} ${name}`} className="h-6" look="quiet" size="sm">
          {verb}
        </Button>
      }
      verb={`${verb} person`}
    >
      {disabledAt === null
        ? "This person is signed out at once and cannot sign in. Memberships stay, and count again once the person is enabled. A tenant whose only admin this is has none until then."
        : "This person may sign in again, with the password and the memberships of before."}
    </ConfirmDialog>
  );
}
