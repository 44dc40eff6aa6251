import type { UsageExportSearch } from "../../contracts/exports.ts";
import {
  type CostFigures,
  isUpliftUnknown,
  isWholeCost,
  type Usage,
  type UsageFigures,
} from "../../contracts/usage.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { getUsage } from "../usage/get-usage.ts";
import { type ExportFile, linesOf, onePage } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const columns = [
  "by",
  "key",
  "isTotal",
  "from",
  "to",
  "calls",
  "comparedCalls",
  "previousCalls",
  "inRegion",
  "permitted",
  "unverifiable",
  "outside",
  "stopped",
  "inputTokens",
  "outputTokens",
  "cachedTokens",
  "reasoningTokens",
  "costUsd",
  "costIsWhole",
  "upliftUsd",
  "pricedCalls",
  "unpricedCalls",
  "tokenlessCalls",
  "upliftUnknownCalls",
  "comparedCostUsd",
  "comparedCostIsWhole",
  "previousCostUsd",
  "previousCostIsWhole",
  "errors",
  "requestBytes",
  "responseBytes",
] as const;

/** More than any tenant has names. */
const rowsMax = 100_000;

/**
 * The table of Usage as a file: its rows in their order, also those that the page leaves off, and the one that holds all of them. The period before
 * is held against the whole hours or days of this one (`compared`); it is empty where it begins before the first recorded call. A cost or an uplift of which nothing is
 * known is empty; a cost that leaves calls or an uplift out says that it is not whole.
 */
export async function exportUsage(
  actor: Actor,
  search: UsageExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const usage = await getUsage(actor, search, now, { rowsMax });
  const span = { from: new Date(usage.window.from), to: new Date(usage.window.to) };
  const name = fileName("usage", search, span);
  const rows = rowsOf(usage);
  await noteExport(actor, tenants, {
    what: "usage",
    object: name,
    filter: filterWords(search, ["by", "application", "region", "model", "operation"], span),
    rows: () => rows.length,
  });
  return {
    name,
    format: search.format,
    rows: rows.length,
    lines: linesOf(search.format, columns, onePage(rows)),
  };
}

function rowsOf({ by, rows, total, compared, previous, comparable, window: { from, to } }: Usage) {
  const of = { by, from, to };
  return [
    ...rows.map(
      ({ key, bands, comparedCalls, previousCalls, cost, comparedCost, previousCost, ...figures }) => ({
        ...of,
        ...{ key, isTotal: false, comparedCalls, previousCalls: comparable ? previousCalls : null },
        ...bandColumns(bands),
        ...figureColumns(figures),
        ...costColumns(cost, comparedCost, comparable ? previousCost : null),
      }),
    ),
    {
      ...of,
      ...{ key: null, isTotal: true, comparedCalls: compared.calls },
      previousCalls: comparable ? previous.calls : null,
      ...bandColumns(total.bands),
      ...figureColumns(total),
      ...costColumns(total.cost, compared.cost, comparable ? previous.cost : null),
    },
  ];
}

function bandColumns({ in_region: inRegion, ...bands }: Usage["rows"][number]["bands"]) {
  const { permitted, unverifiable, outside, stopped } = bands;
  return { inRegion, permitted, unverifiable, outside, stopped };
}

function figureColumns(figures: UsageFigures) {
  const { calls, errors, inputTokens, outputTokens, cachedTokens, reasoningTokens } = figures;
  const { requestBytes, responseBytes } = figures;
  return {
    ...{ calls, errors, inputTokens, outputTokens, cachedTokens, reasoningTokens },
    ...{ requestBytes, responseBytes },
  };
}

function costColumns(cost: CostFigures, compared: CostFigures, before: CostFigures | null) {
  const { pricedCalls, unpricedCalls, tokenlessCalls, upliftUnknownCalls } = cost;
  const upliftUsd = isUpliftUnknown(cost) ? null : usdOf(cost, cost.upliftUsd);
  return {
    ...{ costUsd: usdOf(cost, cost.usd), costIsWhole: isWholeCost(cost), upliftUsd },
    ...{ pricedCalls, unpricedCalls, tokenlessCalls, upliftUnknownCalls },
    ...{ comparedCostUsd: usdOf(compared, compared.usd), comparedCostIsWhole: isWholeCost(compared) },
    previousCostUsd: before === null ? null : usdOf(before, before.usd),
    previousCostIsWhole: before === null ? null : isWholeCost(before),
  };
}

/** A price of a cent for a million tokens makes a hundred-millionth of a dollar for one: what lies behind it is noise. */
const usdDigits = 8;

function usdOf(cost: CostFigures, usd: number): number | null {
  return cost.pricedCalls === 0 && !isWholeCost(cost) ? null : Number(usd.toFixed(usdDigits));
}
