import Link from "next/link";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { roleMeanings } from "../people/role-words.ts";
import { Empty } from "../ui/empty.tsx";
import { Section } from "../ui/section.tsx";

type Member = TenantDetail["members"][number];

const columns: readonly Column<Member>[] = [
  { id: "name", header: "Name", cell: ({ name }) => <span className="font-medium">{name}</span> },
  { id: "email", header: "Email", cell: ({ email }) => email },
  { id: "role", header: "Role", cell: ({ role }) => <span className="capitalize">{role}</span> },
  {
    id: "may",
    header: "May",
    cell: ({ role }) => (
      <span className="text-muted">{Object.entries(roleMeanings).find(([id]) => id === role)?.[1]}</span>
    ),
  },
];

export type MemberSectionProps = { slug: string; members: readonly Member[] };

export function MemberSection({ slug, members }: MemberSectionProps) {
  return (
    <Section
      action={
        <Link
          className="text-accent-ink text-sm hover:underline print:hidden"
          href={`/settings/people/${slug}`}
        >
          Add, change, remove
        </Link>
      }
      note="Who sees this tenant, and what each role may do."
      title="Members"
    >
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
