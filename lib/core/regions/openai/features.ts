import type { FeatureRow } from "../catalog.ts";
import { cell, processedIn, processedNowhere } from "./cells.ts";

const usEu = processedIn(["us", "eu"]);

type Draft = Pick<FeatureRow, "id" | "title"> & Partial<FeatureRow>;

function feature(draft: Draft): FeatureRow {
  return {
    processes: "inference",
    processing: usEu,
    thirdParty: false,
    usedWhenRequested: false,
    note: "",
    ...draft,
  };
}

/**
 * Request features and hosted tools with a row of their own. A tool that is not here (image generation,
 * computer use, shell) has no row in the provider's table: its place is unknown.
 */
export const features: readonly FeatureRow[] = [
  feature({ id: "file_search", title: "File search in Responses" }),
  feature({
    id: "web_search",
    title: "Web search in Responses",
    note: "The web is a third party of its own; the preview variant ignores external_web_access.",
  }),
  feature({ id: "code_interpreter", title: "Code interpreter" }),
  feature({ id: "file_search_tool", title: "File search tool outside Responses" }),
  feature({
    id: "file_upload",
    title: "File uploads",
    processes: "handling",
    processing: processedNowhere,
    usedWhenRequested: true,
    note: "The table adds: supported when used with base64 file uploads.",
  }),
  feature({
    id: "mcp",
    title: "Remote MCP server",
    thirdParty: true,
    note: "Data sent to the server is under that server's own residency.",
  }),
  feature({ id: "scale_tier", title: "Scale tier", usedWhenRequested: true }),
  feature({
    id: "structured_outputs",
    title: "Structured outputs",
    usedWhenRequested: true,
    note: "The JSON schema itself is system data and outside residency.",
  }),
  feature({
    id: "input_modalities",
    title: "Image, audio and voice",
    usedWhenRequested: true,
    note: "Images outside the United States need the enhanced form of the retention control.",
  }),
  feature({
    id: "realtime_tracing",
    title: "Realtime tracing",
    usedWhenRequested: true,
    processing: { ...processedIn(["us"]), us: cell("unknown"), eu: cell("no") },
    note: "Stated to be not compliant with European data residency; nothing is stated for other regions.",
  }),
];
