import type { BatchLineGroup } from "../../calls/batch-lines.ts";
import type { GoldenCase } from "./situation.ts";

const file = { kind: "file", id: "file-1", birth: { region: "eu", grade: "C" } } as const;

function line(model: string | null, over: Partial<BatchLineGroup> = {}): BatchLineGroup {
  return { endpoint: "/v1/chat/completions", model, features: [], count: 500, ...over };
}

const listed = line("gpt-4o-2024-08-06");
const batch = { op: "batches", objects: [file], pin: "eu" } as const;

/** Batches: every kind of line is judged, the worst counts. */
// biome-ignore format: one line per case
export const batches: readonly GoldenCase[] = [
  ["a batch whose file nobody read", { op: "batches", objects: [file], pin: "eu" }, "unverifiable content_path_not_observed"],
  ["lines of a listed model", { ...batch, lines: [listed] }, "within in_region", "inference eu:C, handling eu:C"],
  ["lines of two listed models", { ...batch, lines: [listed, line("gpt-5-2025-08-07")] }, "within in_region"],
  ["one line of many is of an unlisted model", { ...batch, lines: [listed, line("gpt-9", { count: 1 })] }, "outside observed model_not_eligible"],
  ["one line of many is of an alias: no answer was seen", { ...batch, lines: [listed, line("gpt-4o", { count: 1 })] }, "unverifiable content_path_not_observed"],
  ["a line of an alias with a recorded mapping", { ...batch, lines: [line("gpt-4o")], catalog: "recorded" }, "within in_region"],
  ["an alias and an unlisted model: the worst counts", { ...batch, lines: [line("gpt-4o"), line("gpt-9")] }, "outside observed model_not_eligible"],
  ["lines without a model", { ...batch, lines: [line(null)] }, "unverifiable content_path_not_observed"],
  ["lines of embeddings are listed for the endpoint, the model is not listed for batches", { ...batch, lines: [line("text-embedding-3-large", { endpoint: "/v1/embeddings" })] }, "outside observed model_not_eligible"],
  ["lines of a Responses model through chat", { ...batch, lines: [line("gpt-5-pro-2025-10-06")] }, "outside observed model_not_eligible"],
  ["lines of a Responses model through Responses", { ...batch, lines: [line("gpt-5-pro-2025-10-06", { endpoint: "/v1/responses" })] }, "within in_region"],
  ["lines for an endpoint without a row", { ...batch, lines: [line("gpt-4o-2024-08-06", { endpoint: null })] }, "unverifiable endpoint_unlisted"],
  ["lines for an unlisted endpoint", { ...batch, lines: [line("gpt-3.5-turbo-0125", { endpoint: "/v1/completions" })] }, "outside observed endpoint_not_eligible"],
  ["lines with structured outputs, listed", { ...batch, lines: [line("gpt-4o-2024-08-06", { features: ["structured_outputs"] })] }, "within in_region"],
  ["lines that carry files, where handling is restricted", { ...batch, policy: "handling eu", lines: [line("gpt-4o-2024-08-06", { features: ["file_upload"] })] }, "outside observed no_regional_handling"],
  ["lines that offer a third party's tool: whether it was used is not seen", { ...batch, lines: [line("gpt-4o-2024-08-06", { endpoint: "/v1/responses", features: ["mcp"] })] }, "unverifiable content_path_not_observed"],
  ["lines that offer a listed tool", { ...batch, lines: [line("gpt-4o-2024-08-06", { endpoint: "/v1/responses", features: ["web_search"] })] }, "within in_region"],
  ["lines of gpt-6-astra run in the batch tier", { ...batch, lines: [line("gpt-6-astra")] }, "within in_region"],
  ["no line at all", { ...batch, lines: [] }, "within in_region"],
  ["listed lines, pin unknown: a batch is stored", { op: "batches", objects: [file], lines: [listed] }, "unverifiable pin_unknown +project_not_pinned"],
  ["listed lines from a file that was made in the United States", { ...batch, objects: [{ ...file, birth: { region: "us", grade: "C" } }], lines: [listed] }, "outside observed resource_born_elsewhere"],
  ["listed lines from a file of unknown birth", { ...batch, objects: [{ ...file, birth: null }], lines: [listed] }, "unverifiable resource_birth_unknown"],
  ["listed lines at rest in the United Kingdom", { ...batch, policy: "gb", host: "gb", pin: "gb storage", objects: [{ ...file, birth: { region: "gb", grade: "C" } }], lines: [listed] }, "within in_region"],
  ["listed lines where inference is demanded in the Emirates: batches are not listed there", { ...batch, policy: "only ae", host: "ae", pin: "ae", objects: [{ ...file, birth: { region: "ae", grade: "C" } }], lines: [line("gpt-5.2-2025-12-11")] }, "outside observed endpoint_not_eligible"],
  ["lines of a model that the policy does not allow", { ...batch, change: { models: ["gpt-4o"] }, lines: [listed, line("gpt-5-2025-08-07")] }, "outside observed model_not_eligible"],
  ["lines of an unlisted model where no place is asked for", { policy: "open", host: "global", op: "batches", objects: [file], lines: [line("gpt-9")] }, "within permitted"],
  ["lines of an unlisted model on a host outside policy", { op: "batches", host: "us", lines: [line("gpt-9")] }, "outside observed host_out_of_region"],
];
