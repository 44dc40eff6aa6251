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
    note: "",
    ...draft,
  };
}

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
