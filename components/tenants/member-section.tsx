import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";

type Member = TenantDetail["members"][number];

const roleMeanings: Readonly<Record<string, string>> = {
  admin: "Sets keys, credentials and pins; ends sessions",
  officer: "Works findings; sends from the playground",
  auditor: "Sees everything, changes nothing",
  developer: "Makes keys; sends from the playground",
};

const columns: readonly Column<Member>[] = [
  { id: "name", header: "Name", cell: ({ name }) => <span className="font-medium">{name}</span> },
  { id: "email", header: "Email", cell: ({ email }) => email },
  { id: "role", header: "Role", cell: ({ role }) => <span className="capitalize">{role}</span> },
  {
    id: "may",
    header: "May",
    cell: ({ role }) => <span className="text-muted">{roleMeanings[role] ?? ""}</span>,
  },
];

export function MemberSection({ members }: { members: readonly Member[] }) {
  return (
    <Section note="Who sees this tenant, and what each role may do." title="Members">
      <DataTable
        caption="People in the tenant"
        columns={columns}
        empty={
          <Empty kind="no-data" title="Nobody is a member">
            Whoever creates a tenant is its first admin.
          </Empty>
        }
        rowKey={({ email }) => email}
        rows={members}
      />
    </Section>
  );
}
