import { asToken, field } from "./json-fields.ts";
import type { ToolsOfRequest } from "./tools-of-request.ts";
import { transcriptionOf } from "./transcription-of.ts";

/** Longest name of a model that is kept; a longer one is unreadable. */
export const modelCharsMax = 200;
export const tierCharsMax = 32;
export const toolCharsMax = 64;
export const cacheCharsMax = 32;

/**
 * Names of fields we judge by whose value is there and is not what the provider documents: what the client
 * meant, and what the provider makes of it, is not known. OpenAI reads an explicit null as "not said".
 */
export function unreadableFields(json: unknown, offered: ToolsOfRequest): string[] {
  const found: string[] = [];
  for (const name of ["store", "background"]) {
    const value = field(json, name);
    if (value != null && typeof value !== "boolean") found.push(name);
  }
  const session = field(json, "session");
  const models = [
    field(json, "model"),
    field(session, "model"),
    field(field(json, "agent"), "model"),
    ...[json, session].map((each) => field(transcriptionOf(each), "model")),
  ];
  if (models.some((model) => isOddToken(model, modelCharsMax))) found.push("model");
  if (isOddToken(field(json, "service_tier"), tierCharsMax)) found.push("service_tier");
  if (isOddToken(field(json, "prompt_cache_retention"), cacheCharsMax)) found.push("prompt_cache_retention");
  if (!offered.whole || offered.tools.some(hasNoType)) found.push("tools");
  return found;
}

function isOddToken(value: unknown, charsMax: number): boolean {
  return value != null && asToken(value, charsMax) === null;
}

function hasNoType(tool: unknown): boolean {
  return asToken(field(tool, "type"), toolCharsMax) === null;
}
