import type { BatchLineGroup } from "./batch-lines.ts";
import { asObject, asToken, field } from "./json-fields.ts";
import { matchOperation } from "./match-operation.ts";
import { parseJson } from "./measure-json.ts";
import { readRequest } from "./read-request.ts";

export type BatchLineReader = {
  /** One line of the file, without its end. Answers the group it is the first of, else null. */
  push(line: string): BatchLineGroup | null;
  /** Lines seen, blank ones apart. */
  lines(): number;
  /**
   * What the lines ask for, largest group first. null where something of the file could not be read: then
   * nothing follows from what is there.
   */
  result(): readonly BatchLineGroup[] | null;
};

/** A file of more kinds of lines than this is taken as unread. */
export const batchGroupsMax = 200;
const lineCharsMax = 8 * 1024 * 1024;

/**
 * Reads the lines of a batch's input file, in any number, and keeps how many ask for the same endpoint, model
 * and features. Trust: a line is what a client wrote; nothing throws and no text of it is kept.
 */
export function createBatchLineReader(): BatchLineReader {
  const groups = new Map<string, BatchLineGroup>();
  let whole = true;
  let lines = 0;
  return {
    push(line) {
      if (line.trim() === "") return null;
      lines += 1;
      if (!whole) return null;
      const group = line.length > lineCharsMax ? null : readLine(line);
      if (group === null) {
        whole = false;
        return null;
      }
      const key = JSON.stringify([group.endpoint, group.model, group.features]);
      const known = groups.get(key);
      if (known === undefined && groups.size >= batchGroupsMax) whole = false;
      else groups.set(key, { ...group, count: (known?.count ?? 0) + 1 });
      return known === undefined ? group : null;
    },
    lines: () => lines,
    result() {
      if (!whole) return null;
      return [...groups.entries()]
        .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
        .map(([, group]) => group);
    },
  };
}

/** null for a line that is no request, or whose body says something unreadable or names stored objects. */
function readLine(line: string): BatchLineGroup | null {
  const json = parseJson(line);
  const url = asToken(field(json, "url"), 200);
  const body = field(json, "body");
  if (asObject(json) === null || url === null || asObject(body) === null) return null;
  const operation = matchOperation(asToken(field(json, "method"), 10) ?? "POST", url);
  const unknown = { id: "unknown", endpoint: null, genAiOperation: "unknown", carriesContent: true };
  const reading = readRequest(operation ?? unknown, body, url);
  // The lines' own objects are not among the batch's: nobody could say where those were born.
  if (reading.unreadable.length > 0 || reading.storedStateRefs.length > 0) return null;
  return {
    endpoint: operation?.endpoint ?? null,
    model: reading.model,
    features: reading.featuresOffered,
    count: 1,
  };
}
