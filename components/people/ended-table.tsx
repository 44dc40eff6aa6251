import type { EndedMembership } from "../../lib/contracts/people.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Time } from "../ui/time.tsx";
import { memberColumns } from "./member-table.tsx";

const columns: readonly Column<EndedMembership>[] = [
  ...memberColumns,
  { id: "since", header: "From", cell: ({ since }) => <Time at={since} /> },
  { id: "ended", header: "Until", cell: ({ endedAt }) => <Time at={endedAt} /> },
];

/** Who was in a tenant, and what members were before. */
export function EndedTable({ ended }: { ended: readonly EndedMembership[] }) {
  return (
    <DataTable
      caption="Memberships and roles that have ended"
      columns={columns}
      empty={
        <Empty className="py-4" kind="nothing-found" title="None has ended">
          Whoever was removed or got another role is listed here.
        </Empty>
      }
      rowKey={({ personId, since }) => `${personId} ${since}`}
      rows={ended}
    />
  );
}
