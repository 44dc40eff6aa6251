import Link from "next/link";
import type { PriceBook, RegionUplift } from "../../lib/contracts/prices.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatDay } from "../ui/format-day.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Section } from "../ui/section.tsx";

/** What regional hosts add, as the catalog in force states it. */
export function UpliftSection({ book }: { book: PriceBook }) {
  return (
    <Section
      action={
        <Link className="text-accent-ink text-sm hover:underline" href="/settings/regions">
          Change it in the catalog
        </Link>
      }
      note={`Of catalog ${book.catalogVersion}. It counts for models that the catalog marks; where the catalog is silent about a model, the uplift is unknown and is not added.`}
      title="Regional uplift"
    >
      <DataTable
        caption="Uplift by region"
        columns={columns}
        empty={<Empty kind="nothing-found" title="The catalog states no uplift" />}
        rowKey={({ region }) => region}
        rows={book.uplifts}
      />
    </Section>
  );
}

const columns: readonly Column<RegionUplift>[] = [
  { id: "region", header: "Region", cell: ({ region }) => <RegionName code={region} /> },
  {
    id: "percent",
    header: "Uplift",
    align: "right",
    cell: ({ percent }) => (percent === null ? "not stated" : `${percent} %`),
  },
  {
    id: "source",
    header: "Source",
    cell: ({ sourceTitle, sourceUrl }) =>
      sourceUrl ? (
        <a className="text-accent-ink hover:underline" href={sourceUrl} rel="noreferrer" target="_blank">
          {sourceTitle}
        </a>
      ) : (
        sourceTitle
      ),
  },
  { id: "asOf", header: "Read on", cell: ({ asOf }) => formatDay(asOf) },
];
