"use client";

import { useQuery } from "@tanstack/react-query";
import { usageQuery } from "../../lib/client/usage.ts";
import type { PriceBook } from "../../lib/contracts/prices.ts";
import type { UsageRow } from "../../lib/contracts/usage.ts";
import type { UsageState } from "../../lib/contracts/usage-parsers.ts";
import type { PriceMode } from "../../lib/core/prices/price-book.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { ErrorPanel } from "../ui/error-panel.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Section } from "../ui/section.tsx";
import { usageKeyText } from "../usage/usage-words.ts";
import { PriceDialog } from "./price-dialog.tsx";

export type UnpricedSectionProps = { book: PriceBook; mayEdit: boolean; modes: readonly PriceMode[] };

/** Models that calls of the last 30 days asked for and that have no price. */
export function UnpricedSection({ book, mayEdit, modes }: UnpricedSectionProps) {
  const { data, error, isPending, refetch } = useQuery(usageQuery(lastMonthByModel));
  const rows = (data?.rows ?? []).filter(({ cost }) => cost.unpricedCalls > 0);
  const statable = ({ key }: UsageRow): boolean => key !== "none" && key !== "other";
  const columns: readonly Column<UsageRow>[] = [
    ...described,
    ...(mayEdit
      ? [
          {
            id: "action",
            header: <span className="sr-only">Action</span>,
            align: "right",
            cell: (row: UsageRow) =>
              statable(row) ? (
                <PriceDialog
                  from={{ model: row.key }}
                  modes={modes}
                  trigger={
                    <Button aria-label={`State a price of ${row.key}`} className="h-6" look="quiet" size="sm">
                      State a price
                    </Button>
                  }
                />
              ) : null,
          } as const,
        ]
      : []),
  ];
  return (
    <Section
      note={`Asked for in the last 30 days by your tenants; ${book.prices.length === 0 ? "no price is stated" : "their calls are in no cost"}. Calls at hosts of no catalog never have a price of OpenAI's.`}
      title="Without a price"
    >
      {error ? (
        <ErrorPanel
          className="m-4"
          detail={error.message}
          onRetry={() => void refetch()}
          title="The models in use could not be loaded"
        />
      ) : (
        <DataTable
          caption="Models without a price"
          columns={columns}
          empty={
            <Empty
              kind="nothing-found"
              title="Every model that was asked for in the last 30 days has a price"
            />
          }
          isLoading={isPending}
          rowKey={({ key }) => key}
          rows={rows}
          skeletonRows={3}
        />
      )}
    </Section>
  );
}

const lastMonthByModel: UsageState = {
  tenant: null,
  range: "30d",
  from: null,
  to: null,
  by: "model",
  application: [],
  region: [],
  model: [],
  operation: [],
  show: "calls",
  columns: "main",
};

const described: readonly Column<UsageRow>[] = [
  {
    id: "model",
    header: "Model",
    cell: ({ key }) => <span className="font-mono text-sm">{usageKeyText("model", key)}</span>,
  },
  {
    id: "calls",
    header: "Calls without a price",
    align: "right",
    cell: ({ cost }) => formatCount(cost.unpricedCalls),
  },
  { id: "all", header: "Of its calls", align: "right", cell: ({ calls }) => formatCount(calls) },
];
