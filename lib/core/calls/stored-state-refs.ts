import { asArray, asObject, field, type JsonObject } from "./json-fields.ts";

/**
 * Names of the fields by which a request uses objects that the provider keeps: a conversation, an earlier
 * response, a stored prompt, a file. The names alone; what they point to is never kept.
 */
export function storedStateRefs(
  json: unknown,
  objects: readonly JsonObject[],
  tools: readonly unknown[],
): string[] {
  const found = new Set<string>();
  if (field(json, "conversation") != null) found.add("conversation");
  if (field(json, "previous_response_id") != null) found.add("previous_response_id");
  const prompts = [field(json, "prompt"), field(field(json, "session"), "prompt")];
  if (prompts.some((prompt) => asObject(prompt) !== null)) found.add("prompt");
  if (asArray(field(json, "input")).some(isItemReference)) found.add("item_reference");
  for (const object of objects) {
    if (field(object, "type") === "item_reference") found.add("item_reference");
    if (typeof field(object, "file_id") === "string") found.add("file_id");
  }
  for (const tool of tools) for (const name of refsOfTool(tool)) found.add(name);
  return [...found].sort();
}

/** An item that is only an id stands for a stored one; its type may be left out. */
function isItemReference(item: unknown): boolean {
  const untyped = field(item, "type") == null && field(item, "role") == null;
  return untyped && typeof field(item, "id") === "string";
}

/** Stores, files and containers that a hosted tool is given to work on. */
function refsOfTool(tool: unknown): string[] {
  const container = field(tool, "container");
  const environment = field(tool, "environment");
  const refs: string[] = [];
  if (asArray(field(tool, "vector_store_ids")).length > 0) refs.push("vector_store_ids");
  if (typeof container === "string" || field(environment, "container_id") != null) refs.push("container");
  if ([container, environment].some((each) => asArray(field(each, "file_ids")).length > 0))
    refs.push("file_ids");
  if (asArray(field(environment, "skills")).some((skill) => field(skill, "skill_id") != null))
    refs.push("skill_id");
  if (field(field(tool, "input_image_mask"), "file_id") != null) refs.push("file_id");
  return refs;
}
