import type { ReactNode } from "react";
import type { SessionSummary } from "../../lib/contracts/sessions.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { wayWords } from "../sign-in/way-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Time } from "../ui/time.tsx";
import { browserName } from "./browser-name.ts";

export type SessionTableProps = {
  caption: string;
  /** Absent while they are read. */
  sessions: readonly SessionSummary[] | undefined;
  onRevoke: (id: string) => Promise<unknown>;
  showPerson?: boolean;
  empty?: ReactNode;
};

export function SessionTable({ caption, sessions, onRevoke, showPerson = false, empty }: SessionTableProps) {
  const columns: readonly Column<SessionSummary>[] = [
    ...(showPerson ? [personColumn] : []),
    ...described,
    {
      id: "action",
      header: <span className="sr-only">Action</span>,
      align: "right",
      cell: (session) => <RevokeSession onRevoke={onRevoke} session={session} />,
    },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      empty={empty}
      isLoading={sessions === undefined}
      rowKey={({ id }) => id}
      rows={sessions ?? []}
      skeletonRows={2}
    />
  );
}

const personColumn: Column<SessionSummary> = {
  id: "person",
  header: "Person",
  cell: ({ person, email }) => (
    <span className="flex items-baseline gap-2">
      <span className="font-medium">{person}</span>
      <span className="text-faint text-xs">{email}</span>
    </span>
  ),
};

const described: readonly Column<SessionSummary>[] = [
  {
    id: "browser",
    header: "Browser",
    cell: ({ userAgent, current }) => (
      <span className="inline-flex items-center gap-2" title={userAgent}>
        {browserName(userAgent)}
        {current ? <Badge tone="accent">This one</Badge> : null}
      </span>
    ),
  },
  {
    id: "created",
    header: "Signed in",
    cell: ({ createdAt, way }) => (
      <span className="inline-flex items-baseline gap-2">
        <Time at={createdAt} />
        <span className="text-faint text-xs">{wayWords[way]}</span>
      </span>
    ),
  },
  {
    id: "seen",
    header: "Last seen",
    cell: ({ lastSeenAt }) => <Time at={lastSeenAt} className="text-muted" />,
  },
];

function RevokeSession({
  session,
  onRevoke,
}: {
  session: SessionSummary;
  onRevoke: (id: string) => Promise<unknown>;
}) {
  const { id, current, person, userAgent } = session;
  return (
    <ConfirmDialog
      onConfirm={() => onRevoke(id)}
      title={current ? "Revoke the session you are using?" : `Revoke the session of ${person}?`}
      trigger={
        <Button
          aria-label={
            current ? "Revoke this session" : `Revoke the session of ${person}, ${browserName(userAgent)}`
          }
          className="h-6"
          look="quiet"
          size="sm"
        >
          Revoke
        </Button>
      }
      verb="Revoke session"
    >
      {current
        ? "You are signed out at once and come to the sign-in page."
        : `Its next request is refused, on pages and on /api. Whoever uses ${browserName(userAgent)} there must sign in again.`}
    </ConfirmDialog>
  );
}
