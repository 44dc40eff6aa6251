import type { LatencyExportSearch } from "../../contracts/exports.ts";
import type { Latency, LatencyFigures } from "../../contracts/latency.ts";
import { tenantsFor } from "../access.ts";
import type { Actor } from "../actor.ts";
import { getLatency } from "../latency/get-latency.ts";
import { type ExportFile, linesOf, onePage } from "./export-file.ts";
import { fileName, filterWords, noteExport } from "./note-export.ts";

const columns = [
  "region",
  "model",
  "from",
  "to",
  "measured",
  "p50Ms",
  "p95Ms",
  "p99Ms",
  "firstTokenMeasured",
  "firstTokenP50Ms",
  "firstTokenP95Ms",
  "firstTokenP99Ms",
  "comparedMeasured",
  "comparedP95Ms",
  "previousMeasured",
  "previousP95Ms",
] as const;

/** The table of Latency as a file: a row per region, its models behind it. Percentiles are the histograms', at most 22 % off, in whole milliseconds. */
export async function exportLatency(
  actor: Actor,
  search: LatencyExportSearch,
  now: Date = new Date(),
): Promise<ExportFile> {
  const tenants = await tenantsFor(actor, "call:read", search.tenant);
  const latency = await getLatency(actor, search, now);
  const span = { from: new Date(latency.window.from), to: new Date(latency.window.to) };
  const name = fileName("latency", search, span);
  const rows = rowsOf(latency);
  await noteExport(actor, tenants, {
    what: "latency",
    object: name,
    filter: filterWords(search, ["application", "model", "operation"], span),
    rows: () => rows.length,
  });
  return {
    name,
    format: search.format,
    rows: rows.length,
    lines: linesOf(search.format, columns, onePage(rows)),
  };
}

function rowsOf({ regions, window: { from, to } }: Latency) {
  return regions.flatMap(({ region, models, compared, previous, ...all }) => [
    {
      ...{ region, model: null, from, to },
      ...figureColumns(all),
      ...{ comparedMeasured: compared.total.measured, comparedP95Ms: whole(compared.total.p95) },
      ...{ previousMeasured: previous.total.measured, previousP95Ms: whole(previous.total.p95) },
    },
    ...models.map(({ model, ...figures }) => ({
      ...{ region, model, from, to },
      ...figureColumns(figures),
      ...{ comparedMeasured: null, comparedP95Ms: null, previousMeasured: null, previousP95Ms: null },
    })),
  ]);
}

function figureColumns({ total, firstToken }: LatencyFigures) {
  return {
    ...{
      measured: total.measured,
      p50Ms: whole(total.p50),
      p95Ms: whole(total.p95),
      p99Ms: whole(total.p99),
    },
    ...{ firstTokenMeasured: firstToken.measured, firstTokenP50Ms: whole(firstToken.p50) },
    ...{ firstTokenP95Ms: whole(firstToken.p95), firstTokenP99Ms: whole(firstToken.p99) },
  };
}

function whole(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}
