import Link from "next/link";
import type { TenantDetail } from "../../lib/contracts/tenants.ts";
import type { Column } from "../data-table/data-table.tsx";
import { MemberTable } from "../people/member-table.tsx";
import { roleMeanings } from "../people/role-words.ts";
import { Section } from "../ui/section.tsx";

type Member = TenantDetail["members"][number];

const columns: readonly Column<Member>[] = [
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
      <MemberTable columns={columns} members={members} />
    </Section>
  );
}
