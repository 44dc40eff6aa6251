import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Empty } from "../ui/empty.tsx";
import { PersonName } from "./person-name.tsx";

type Member = {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly isSelf?: boolean;
  readonly isDisabled?: boolean;
};

export type MemberTableProps<Row extends Member> = {
  members: readonly Row[];
  /** What else the page says of a member, or does. */
  columns: readonly Column<Row>[];
};

/** Who is in a tenant, and as what. */
export function MemberTable<Row extends Member>({ members, columns }: MemberTableProps<Row>) {
  return (
    <DataTable
      caption="People in the tenant"
      columns={[...memberColumns, ...columns]}
      empty={
        <Empty kind="no-data" title="Nobody is a member">
          Whoever creates a tenant is its first admin.
        </Empty>
      }
      rowKey={({ email }) => email}
      rows={members}
    />
  );
}

/** Whom a row of memberships is about, and the role. */
export const memberColumns: readonly Column<Member>[] = [
  {
    id: "person",
    header: "Person",
    cell: ({ name, email, isSelf, isDisabled }) => (
      <PersonName email={email} name={name}>
        {isSelf ? <Badge tone="accent">You</Badge> : null}
        {isDisabled ? <Badge tone="outline">Disabled</Badge> : null}
      </PersonName>
    ),
  },
  { id: "role", header: "Role", cell: ({ role }) => <span className="capitalize">{role}</span> },
];
