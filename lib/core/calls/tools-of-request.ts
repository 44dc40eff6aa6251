import { asArray, field, type JsonObject } from "./json-fields.ts";

export type ToolsOfRequest = {
  /** Each tool, those inside a namespace behind it. Any value: nobody has looked at one yet. */
  readonly tools: readonly unknown[];
  /** False where a list of tools is there and is no list. */
  readonly whole: boolean;
};

/**
 * The tools that a request makes available: its own, those of the session or agent that it describes, and those that items
 * of its input add on the way (OpenAI Node SDK 7.57.0: `additional_tools`, and the `tool_search_output` of a client's own
 * search). `objects`: all that its messages or input hold, at any depth.
 */
export function toolsOfRequest(json: unknown, objects: readonly JsonObject[]): ToolsOfRequest {
  const lists = [json, field(json, "session"), field(json, "agent")].map((each) => field(each, "tools"));
  for (const object of objects) {
    const type = field(object, "type");
    if (type === "additional_tools" || type === "tool_search_output") lists.push(field(object, "tools"));
  }
  const tools: unknown[] = [];
  let whole = true;
  for (const list of lists) {
    if (list == null) continue;
    if (!Array.isArray(list)) whole = false;
    for (const tool of asArray(list)) {
      tools.push(tool);
      if (field(tool, "type") === "namespace")
        for (const each of asArray(field(tool, "tools"))) tools.push(each);
    }
  }
  return { tools, whole };
}
