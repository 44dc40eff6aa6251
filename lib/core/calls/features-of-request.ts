import { asArray, asToken, field, type JsonObject } from "./json-fields.ts";
import { createNameSet, type NameSet } from "./name-set.ts";
import type { Operation } from "./operation.ts";
import { cacheCharsMax } from "./unreadable-fields.ts";

/**
 * Feature ids a request makes available: hosted tools, image, audio or file parts, structured outputs, caching, tracing; and
 * those that are known of it already. `objects`: all that its messages or input hold, at any depth; `tools`: all that it
 * offers. What is in use by being asked for comes first, so that of a set which is not whole nothing is missing but tools.
 */
export function featuresOfRequest(
  operation: Operation,
  json: unknown,
  objects: readonly JsonObject[],
  tools: readonly unknown[],
  known: readonly string[] = [],
): NameSet {
  const found = createNameSet();
  for (const feature of known) found.add(feature);
  if (field(json, "web_search_options") != null) found.add("web_search");
  if (asksForSchema(json)) found.add("structured_outputs");
  if (asArray(field(json, "modalities")).includes("audio")) found.add("input_modalities");
  if (cachesBeyondMemory(json)) found.add("extended_prompt_caching");
  for (const part of objects) for (const feature of featureOfPart(part)) found.add(feature);
  if (operation.endpoint?.startsWith("/v1/realtime") && asksForTracing(json)) found.add("realtime_tracing");
  for (const tool of tools) {
    const type = asToken(field(tool, "type"), 64);
    if (type !== null && !callerTools.has(type) && !isLocalShell(tool)) found.add(toolFeature(type));
  }
  return found;
}

/** Tools that run at the caller, or only find and group others: the provider sends their content nowhere. */
const callerTools = new Set(["function", "custom", "apply_patch", "local_shell", "namespace", "tool_search"]);

/** A shell, or a call of one, for which the caller brings the machine (OpenAI Node SDK 7.57.0, `LocalEnvironment`). */
export function isLocalShell(tool: unknown): boolean {
  return field(field(tool, "environment"), "type") === "local";
}

/** Dated and preview spellings of a tool are the tool. What is not known keeps its name, cut. */
export function toolFeature(type: string): string {
  if (type.startsWith("web_search")) return "web_search";
  if (type.startsWith("computer")) return "computer_use";
  return type.slice(0, 40);
}

function asksForSchema(json: unknown): boolean {
  const chat = field(field(json, "response_format"), "type");
  const responses = field(field(field(json, "text"), "format"), "type");
  return chat === "json_schema" || responses === "json_schema";
}

function asksForTracing(json: unknown): boolean {
  const value = field(json, "tracing") ?? field(field(json, "session"), "tracing");
  return value != null;
}

/**
 * `in_memory` and `24h` today (OpenAI Node SDK 7.57.0; an older spelling has a hyphen): what is not in memory is on a disk.
 * Options with a lifetime are for models from GPT-5.6 on, of which none caches in memory alone (the same).
 */
function cachesBeyondMemory(json: unknown): boolean {
  if (field(json, "prompt_cache_options") != null) return true;
  const retention = asToken(field(json, "prompt_cache_retention"), cacheCharsMax);
  return retention !== null && retention.replace("-", "_") !== "in_memory";
}

const modalityParts = new Set(["image_url", "input_image", "input_audio"]);
const fileParts = new Set(["file", "input_file"]);

function featureOfPart(part: unknown): string[] {
  const type = field(part, "type");
  if (typeof type !== "string") return [];
  if (modalityParts.has(type)) return ["input_modalities"];
  if (!fileParts.has(type)) return [];
  // Chat keeps the file's fields one level down.
  return [part, field(part, "file")].some(isInline) ? ["inline_file"] : ["file_upload"];
}

/** A file whose bytes are in the request, and that is named in no other way. */
function isInline(file: unknown): boolean {
  const named = field(file, "file_id") ?? field(file, "file_url");
  return named == null && typeof field(file, "file_data") === "string";
}
