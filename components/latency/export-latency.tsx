import type { Latency } from "../../lib/contracts/latency.ts";
import { type LatencyState, latencyHref } from "../../lib/contracts/latency-parsers.ts";
import { ExportDialog } from "../exports/export-dialog.tsx";
import { filterWords } from "../exports/filter-words.ts";
import { tenantWords } from "../exports/tenant-words.ts";
import { formatNoun } from "../ui/format-number.ts";
import { formatWindow } from "../ui/format-time.ts";

const narrowing = { application: "Application", model: "Model", operation: "Operation" } as const;

/** The table on the screen, as a file; the models of every region with it. */
export function ExportLatency({ state, latency }: { state: LatencyState; latency: Latency }) {
  const { window, regions } = latency;
  const params = new URLSearchParams(latencyHref("", { ...state, to: (window.asked ?? window).to }).slice(1));
  params.delete("measure");
  params.delete("percentile");
  params.delete("rows");
  const models = regions.reduce((sum, region) => sum + region.models.length, 0);
  const narrowed = (["application", "model", "operation"] as const).flatMap((of) =>
    state[of].length === 0 ? [] : `${narrowing[of]}: ${state[of].join(" or ")}`,
  );
  return (
    <ExportDialog
      about={[
        {
          term: "Rows",
          words: `${formatNoun(regions.length, "region")}, ${formatNoun(models, "row")} of models in them`,
        },
        { term: "Range", words: formatWindow(window.from, window.to) },
        { term: "Tenant", words: tenantWords(state.tenant) },
        { term: "Filter", words: filterWords(narrowed) },
      ]}
      noun="latencies"
      params={params}
      path="/api/latency/export"
    />
  );
}
