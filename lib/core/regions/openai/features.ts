import type { FeatureRow } from "../catalog.ts";
import { cell, processedIn, processedNowhere, storedIn } from "./cells.ts";

const usEu = processedIn(["us", "eu"]);

const everywhere = storedIn("everywhere");

type Draft = Pick<FeatureRow, "id" | "title" | "kind"> & Partial<FeatureRow>;

function feature(draft: Draft): FeatureRow {
  return {
    processes: "inference",
    storage: everywhere,
    processing: usEu,
    thirdParty: false,
    usedWhenRequested: false,
    usedByModels: [],
    note: "",
    ...draft,
  };
}

const notSaid = cell("unknown", {
  note: "Supported as base64, the table says of file uploads; whether they are then processed here it does not say.",
});

/** Listed models from GPT-5.5 on: `in_memory` is an error for them, so what is cached is kept longer. */
const cachedAlways = [
  "gpt-5.5-2026-04-23",
  "gpt-5.5-pro-2026-04-23",
  "gpt-5.6-luna",
  "gpt-5.6-sol",
  "gpt-5.6-terra",
  "gpt-6-astra",
  "gpt-6-luna",
  "gpt-6-sol",
  "gpt-6.1-sol",
];

const mayLeave = cell("unknown", {
  note: "Where there is no regional processing, content may be processed and kept for a time outside the region.",
});

const notStated = Object.fromEntries(Object.keys(everywhere).map((region) => [region, cell("unknown")]));

/**
 * Request features and hosted tools with a row of their own. A tool that is not here (image generation,
 * computer use, shell) has no row in the provider's table: its place is unknown.
 */
export const features: readonly FeatureRow[] = [
  feature({ id: "file_search", kind: "tool", title: "File search in Responses" }),
  feature({
    id: "web_search",
    kind: "tool",
    title: "Web search in Responses",
    note: "The web is a third party of its own; the preview variant ignores external_web_access.",
  }),
  feature({ id: "code_interpreter", kind: "tool", title: "Code interpreter" }),
  feature({ id: "file_search_tool", kind: "tool", title: "File search tool outside Responses" }),
  feature({
    id: "file_upload",
    kind: "feature",
    title: "File uploads",
    processes: "handling",
    processing: processedNowhere,
    usedWhenRequested: true,
    note: "The table adds: supported when used with base64 file uploads.",
  }),
  feature({
    id: "inline_file",
    kind: "feature",
    title: "Files inside the request (base64)",
    processes: "handling",
    processing: { ...processedNowhere, us: notSaid, eu: notSaid, ae: notSaid },
    usedWhenRequested: true,
    note: "The table lists no processing for file uploads, and adds that they are supported when used with base64 file uploads.",
  }),
  feature({
    id: "mcp",
    kind: "tool",
    title: "Remote MCP server",
    thirdParty: true,
    note: "Data sent to the server is under that server's own residency.",
  }),
  feature({ id: "scale_tier", kind: "tier", title: "Scale tier", usedWhenRequested: true }),
  feature({
    id: "structured_outputs",
    kind: "feature",
    title: "Structured outputs",
    usedWhenRequested: true,
    note: "The JSON schema itself is system data and outside residency.",
  }),
  feature({
    id: "extended_prompt_caching",
    kind: "feature",
    title: "Extended prompt caching",
    storage: {
      ...everywhere,
      ...Object.fromEntries(["au", "in", "jp", "ca", "sg", "kr", "gb"].map((region) => [region, mayLeave])),
    },
    processing: processedIn(["us", "eu", "ae"]),
    usedWhenRequested: true,
    usedByModels: cachedAlways,
    note: "Keeps encrypted tensors of the prompt on disks beside the GPUs for up to 24 h, where inference runs.",
  }),
  feature({
    id: "input_modalities",
    kind: "modality",
    title: "Image, audio and voice",
    usedWhenRequested: true,
    note: "Images outside the United States need the enhanced form of the retention control.",
  }),
  feature({
    id: "realtime_tracing",
    kind: "feature",
    title: "Realtime tracing",
    usedWhenRequested: true,
    storage: notStated,
    processing: { ...notStated, eu: cell("no") },
    note: "Stated to be not compliant with European data residency; nothing is stated for other regions.",
  }),
];
