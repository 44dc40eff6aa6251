import { asArray, asToken, field } from "./json-fields.ts";
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
export function unreadableFields(json: unknown): string[] {
  const found: string[] = [];
  for (const name of ["store", "background"]) {
    const value = field(json, name);
    if (value != null && typeof value !== "boolean") found.push(name);
  }
  const session = field(json, "session");
  const models = [
    field(json, "model"),
    field(session, "model"),
    ...[json, session].map((each) => field(transcriptionOf(each), "model")),
  ];
  if (models.some((model) => isOddToken(model, modelCharsMax))) found.push("model");
  if (isOddToken(field(json, "service_tier"), tierCharsMax)) found.push("service_tier");
  if (isOddToken(field(json, "prompt_cache_retention"), cacheCharsMax)) found.push("prompt_cache_retention");
  if (hasOddTool(field(json, "tools"))) found.push("tools");
  return found;
}

function isOddToken(value: unknown, charsMax: number): boolean {
  return value != null && asToken(value, charsMax) === null;
}

function hasOddTool(tools: unknown): boolean {
  if (tools == null) return false;
  if (!Array.isArray(tools)) return true;
  return tools.some((tool) => {
    const type = asToken(field(tool, "type"), toolCharsMax);
    return type === null || (type === "namespace" && asArray(field(tool, "tools")).some(hasNoType));
  });
}

function hasNoType(tool: unknown): boolean {
  return asToken(field(tool, "type"), toolCharsMax) === null;
}
