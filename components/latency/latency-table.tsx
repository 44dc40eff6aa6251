import type { Latency } from "../../lib/contracts/latency.ts";
import { type LatencyRowId, type LatencyState, latencyRowIds } from "../../lib/contracts/latency-parsers.ts";
import { Section } from "../ui/section.tsx";
import { Segments } from "../ui/segments.tsx";
import { ModelTable } from "./model-table.tsx";
import { RegionTable } from "./region-table.tsx";

export type LatencyTableProps = {
  latency: Latency;
  state: LatencyState;
  onRows: (rows: LatencyRowId) => void;
  onModel: (model: string) => void;
};

const rowWords: Readonly<Record<LatencyRowId, string>> = { region: "By region", model: "By model" };

/** The percentiles: each region with its models, or each model with its regions. */
export function LatencyTable({ latency, state, onRows, onModel }: LatencyTableProps) {
  return (
    <Section
      action={
        <Segments
          chosen={state.rows}
          label="Rows"
          onChoose={onRows}
          options={latencyRowIds.map((id) => ({ id, word: rowWords[id] }))}
        />
      }
      note="From a call's arrival here to its end; TTFT, the time to the first token, of streams alone and from the first byte sent. Read from histograms: at most 22 % off. Of fewer than 20 calls (p95) or 100 (p99) the slowest is told, as max. Cost: of the priced calls, uplift included. The period before: by whole hours or UTC days."
      title="By region and model"
    >
      {state.rows === "model" ? (
        <ModelTable latency={latency} onModel={onModel} state={state} />
      ) : (
        <RegionTable latency={latency} state={state} />
      )}
    </Section>
  );
}
