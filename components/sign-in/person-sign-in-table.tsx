"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { resetSecondFactor } from "../../lib/client/second-factor.ts";
import { unbindIdentity } from "../../lib/client/sign-in-overview.ts";
import type { PersonSignIn } from "../../lib/contracts/sign-in.ts";
import { atStart } from "../auth/sign-in-words.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { PersonName } from "../people/person-name.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Time } from "../ui/time.tsx";
import { wayWords } from "./way-words.ts";

export type PersonSignInTableProps = {
  /** Absent while they are read. */
  people: readonly PersonSignIn[] | undefined;
  /** What people call the identity provider; null: there is none. */
  provider: string | null;
};

export function PersonSignInTable({ people, provider }: PersonSignInTableProps) {
  const columns: readonly Column<PersonSignIn>[] = [
    personColumn,
    factorColumn,
    ...(provider === null ? [] : [bindingColumn(provider)]),
    lastColumn,
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (person) => (
        <span className="flex justify-end gap-1 print:hidden">
          {person.hasSecondFactor && !person.isSelf ? <ResetFactor person={person} /> : null}
          {person.binding && provider !== null ? <Unbind person={person} provider={provider} /> : null}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption="People with their ways in"
      columns={columns}
      isLoading={people === undefined}
      rowClassName={({ isDisabled }) => (isDisabled ? "text-muted" : undefined)}
      rowKey={({ personId }) => personId}
      rows={people ?? []}
      skeletonRows={4}
    />
  );
}

const personColumn: Column<PersonSignIn> = {
  id: "person",
  header: "Person",
  cell: ({ name, email, isSelf, deploymentAdmin, isDisabled }) => (
    <PersonName email={email} name={name}>
      {isSelf ? <Badge tone="accent">You</Badge> : null}
      {deploymentAdmin ? <Badge>Deployment admin</Badge> : null}
      {isDisabled ? <Badge tone="outline">Disabled</Badge> : null}
    </PersonName>
  ),
};

const factorColumn: Column<PersonSignIn> = {
  id: "factor",
  header: "Second factor",
  cell: ({ hasSecondFactor }) =>
    hasSecondFactor ? "Authenticator app" : <span className="text-faint">None</span>,
};

const bindingColumn = (provider: string): Column<PersonSignIn> => ({
  id: "binding",
  header: <span className="block max-w-40 truncate">{atStart(provider)}</span>,
  cell: ({ binding }) =>
    binding ? (
      <span className="inline-flex items-baseline gap-2">
        Bound <Time at={binding.since} className="text-muted" />
        {binding.by === "email" ? <span className="text-faint text-xs">by e-mail</span> : null}
      </span>
    ) : (
      <span className="text-faint">Not bound</span>
    ),
});

const lastColumn: Column<PersonSignIn> = {
  id: "last",
  header: "Last sign-in",
  cell: ({ last }) =>
    last ? (
      <span className="inline-flex items-baseline gap-2">
        <Time at={last.at} className="text-muted" />
        <span className="text-faint text-xs">{wayWords[last.way]}</span>
      </span>
    ) : (
      <span className="text-faint">Never</span>
    ),
};

function ResetFactor({ person: { personId, name } }: { person: PersonSignIn }) {
  const reset = useMutation(resetSecondFactor(useQueryClient()));
  return (
    <ConfirmDialog
      onConfirm={() => reset.mutateAsync(personId)}
      title={`Reset the second factor of ${name}?`}
      trigger={
        <Button aria-label={`Reset second factor of ${name}`} className="h-6" look="quiet" size="sm">
          Reset second factor
        </Button>
      }
      verb="Reset second factor"
    >
      For who has lost app and recovery codes. This person is signed out everywhere, and the password alone
      signs in again. Make sure that it is this person who asks.
    </ConfirmDialog>
  );
}

function Unbind({ person: { personId, name }, provider }: { person: PersonSignIn; provider: string }) {
  const unbind = useMutation(unbindIdentity(useQueryClient()));
  return (
    <ConfirmDialog
      onConfirm={() => unbind.mutateAsync(personId)}
      title={`Unbind ${name} from ${provider}?`}
      trigger={
        <Button aria-label={`Unbind ${name}`} className="h-6" look="quiet" size="sm">
          Unbind
        </Button>
      }
      verb="Unbind"
    >
      Sessions opened by {provider} end at once, and the account there signs in nobody. A verified e-mail
      address does not bind it again; an administrator may.
    </ConfirmDialog>
  );
}
