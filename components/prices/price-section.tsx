import { Plus } from "lucide-react";
import { useId } from "react";
import type { PriceBook, StatedPrice } from "../../lib/contracts/prices.ts";
import type { PriceMode } from "../../lib/core/prices/price-book.ts";
import { type Column, DataTable } from "../data-table/data-table.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { formatDay } from "../ui/format-day.ts";
import { formatUsd } from "../ui/format-usd.ts";
import { Section } from "../ui/section.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { PriceDialog } from "./price-dialog.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

export type PriceSectionProps = { book: PriceBook; mayEdit: boolean; modes: readonly PriceMode[] };

/** The prices that count, newest day first for each model. */
export function PriceSection({ book, mayEdit, modes }: PriceSectionProps) {
  const reasonId = useId();
  const actions: readonly Column<StatedPrice>[] = mayEdit
    ? [
        {
          id: "action",
          header: <span className="sr-only">Action</span>,
          align: "right",
          cell: (price) => (
            <span className="flex justify-end gap-1">
              <PriceDialog
                from={price}
                modes={modes}
                trigger={
                  <Button
                    aria-label={`Change the price of ${price.model}`}
                    className="h-6"
                    look="quiet"
                    size="sm"
                  >
                    Change
                  </Button>
                }
              />
              <WithdrawDialog price={price} />
            </span>
          ),
        },
      ]
    : [];
  return (
    <Section
      action={
        <PriceDialog
          modes={modes}
          trigger={
            <Button aria-describedby={mayEdit ? undefined : reasonId} disabled={!mayEdit} size="sm">
              <Plus aria-hidden="true" />
              State a price
            </Button>
          }
        />
      }
      note="US dollars per million tokens, from a UTC day on. Every word is kept with who said it; the newest on a model and day counts. Domicile ships no price list: it has none with a source."
      title="Models"
    >
      {mayEdit ? null : (
        <p className="border-b px-4 py-2 text-muted text-sm" id={reasonId}>
          Prices are stated by administrators of the deployment.
        </p>
      )}
      <DataTable
        caption="Prices"
        columns={[...columns, ...actions]}
        empty={
          <Empty kind="no-data" title="No price is stated yet">
            Until then every cost is unknown. State those of your contract, or of the provider's price page,
            with the day they count from.
          </Empty>
        }
        rowKey={({ mode, provider, model, effectiveFrom }) => `${mode} ${provider} ${model} ${effectiveFrom}`}
        rows={book.prices}
      />
    </Section>
  );
}

const columns: readonly Column<StatedPrice>[] = [
  {
    id: "model",
    header: "Model",
    cell: ({ model, mode, provider }) => (
      <span className="inline-flex items-center gap-2">
        <span className="font-mono text-sm">{model}</span>
        {provider === "openai" ? null : <Badge>{providerWords[provider]}</Badge>}
        {mode === "simulated" ? <SimulatedBadge /> : null}
      </span>
    ),
  },
  { id: "from", header: "From", cell: ({ effectiveFrom }) => formatDay(effectiveFrom) },
  { id: "input", header: "Input", align: "right", cell: ({ inputUsd }) => formatUsd(inputUsd) },
  {
    id: "cached",
    header: "Cached input",
    align: "right",
    cell: ({ cachedUsd }) =>
      cachedUsd === null ? <span className="text-faint">as input</span> : formatUsd(cachedUsd),
  },
  { id: "output", header: "Output", align: "right", cell: ({ outputUsd }) => formatUsd(outputUsd) },
  {
    id: "uplift",
    header: "Regional uplift",
    align: "right",
    cell: ({ upliftPercent }) =>
      upliftPercent === null ? <span className="text-faint">as the catalog</span> : `${upliftPercent} %`,
  },
  {
    id: "source",
    header: "Source",
    className: "w-full min-w-48 max-w-0",
    cell: ({ source }) => (
      <span className="block truncate" title={source}>
        {source}
      </span>
    ),
  },
  {
    id: "by",
    header: "Stated by",
    cell: ({ statedBy, statedAt }) => <span title={formatDay(statedAt.slice(0, 10))}>{statedBy}</span>,
  },
];

const providerWords = { azure: "Azure", custom: "Admitted host" } as const;
