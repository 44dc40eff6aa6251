import type { PersonSignIn, RefusedSignIn } from "../../lib/contracts/sign-in.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { BindIdentityDialog } from "./bind-identity-dialog.tsx";

export type RefusedSignInTableProps = {
  refused: readonly RefusedSignIn[];
  people: readonly PersonSignIn[];
  /** What people call the identity provider. */
  provider: string;
};

/** Accounts of the identity provider that came and are bound to nobody. */
export function RefusedSignInTable({ refused, people, provider }: RefusedSignInTableProps) {
  const columns: readonly Column<RefusedSignIn>[] = [
    { id: "subject", header: "Subject", cell: (row) => <Copyable text={row.subject} what="subject" /> },
    {
      id: "email",
      header: "E-mail, as the provider says",
      cell: ({ email, emailVerified }) =>
        email === null ? (
          <span className="text-faint">None</span>
        ) : (
          <span className="inline-flex items-baseline gap-2">
            {email}
            <span className="text-faint text-xs">{emailVerified ? "verified" : "not verified"}</span>
          </span>
        ),
    },
    { id: "attempts", header: "Attempts", align: "right", cell: (row) => formatCount(row.attempts) },
    { id: "last", header: "Last", cell: ({ lastAt }) => <Time at={lastAt} className="text-muted" /> },
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (row) => <BindIdentityDialog people={people} provider={provider} refused={row} />,
    },
  ];
  return (
    <DataTable
      caption="Accounts bound to nobody"
      columns={columns}
      empty={
        <Empty kind="no-data" title="Nobody was refused">
          Whoever signs in with {provider} and is bound to nobody here appears in this list, and is bound from
          it.
        </Empty>
      }
      rowKey={({ subject }) => subject}
      rows={refused}
    />
  );
}
