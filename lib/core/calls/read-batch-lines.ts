import type { BatchLineGroup } from "./batch-lines.ts";
import { asObject, asToken, field } from "./json-fields.ts";
import { matchOperation } from "./match-operation.ts";
import { parseExactly } from "./measure-json.ts";
import { readRequest } from "./read-request.ts";

export type BatchLineReader = {
  /**
   * One line of the file, without its end. Answers what it asks for, if no line before asked for the same: also behind
   * lines that could not be read, as many as `unreadLinesMax`. With more of them it is no file of requests.
   */
  push(line: string): BatchLineGroup | null;
  /** Lines seen, blank ones apart. */
  lines(): number;
  /** True once so many lines could not be read that none is looked at any more. */
  hasGivenUp(): boolean;
  /**
   * What the lines ask for, largest group first. null where something of the file could not be read: then
   * nothing follows from what is there.
   */
  result(): readonly BatchLineGroup[] | null;
  /**
   * Of a piece of the file, whose first and last line may be cut: what the lines ask for that could be read, and behind
   * them, where there are others, a group of no endpoint and no model that counts those. null where no line was read.
   */
  resultOfPiece(linesLost: number): readonly BatchLineGroup[] | null;
};

/** A file of more kinds of lines than this, or whose kinds name more features together, is taken as unread. */
export const batchGroupsMax = 200;
const batchFeaturesMax = 1_000;
export const unreadLinesMax = 1_000;
const lineCharsMax = 8 * 1024 * 1024;

/**
 * Reads the lines of a batch's input file, in any number, and keeps how many ask for the same endpoint, model
 * and features. Trust: a line is what a client wrote; nothing throws and no text of it is kept.
 */
export function createBatchLineReader(): BatchLineReader {
  const groups = new Map<string, BatchLineGroup>();
  let whole = true;
  let lines = 0;
  let unreadLines = 0;
  let features = 0;
  const hasGivenUp = (): boolean => unreadLines >= unreadLinesMax;
  const sorted = (): BatchLineGroup[] =>
    [...groups.entries()]
      .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
      .map(([, group]) => group);
  return {
    push(line) {
      if (line.trim() === "") return null;
      lines += 1;
      if (hasGivenUp()) return null;
      const { group, whole: lineIsWhole } = line.length > lineCharsMax ? unread : readLine(line);
      whole &&= lineIsWhole;
      if (group === null) {
        unreadLines += 1;
        return null;
      }
      const key = JSON.stringify([group.endpoint, group.model, group.features]);
      const known = groups.get(key);
      const named = features + (known === undefined ? group.features.length : 0);
      if (known === undefined && (groups.size >= batchGroupsMax || named > batchFeaturesMax)) whole = false;
      else {
        features = named;
        groups.set(key, { ...group, count: (known?.count ?? 0) + 1 });
      }
      return known === undefined ? group : null;
    },
    lines: () => lines,
    hasGivenUp,
    result: () => (whole ? sorted() : null),
    resultOfPiece(linesLost) {
      if (groups.size === 0) return null;
      if (whole && linesLost === 0) return sorted();
      const counted = sorted().reduce((sum, { count }) => sum + count, 0);
      const count = Math.max(1, lines - counted + linesLost);
      return [...sorted(), { endpoint: null, model: null, features: [], count }];
    },
  };
}

type LineReading = {
  /** null for a line that is no request. */
  readonly group: BatchLineGroup | null;
  /** False where something of it was not understood, or it names stored objects. */
  readonly whole: boolean;
};

const unread: LineReading = { group: null, whole: false };

function readLine(line: string): LineReading {
  const json = parseExactly(line);
  const url = asToken(field(json, "url"), 200);
  const body = field(json, "body");
  if (asObject(json) === null || url === null || asObject(body) === null) return unread;
  const operation = matchOperation(asToken(field(json, "method"), 10) ?? "POST", url);
  const unknown = { id: "unknown", endpoint: null, genAiOperation: "unknown", carriesContent: true };
  const reading = readRequest(operation ?? unknown, body, url);
  return {
    group: {
      endpoint: operation?.endpoint ?? null,
      model: reading.model,
      features: reading.featuresOffered,
      count: 1,
    },
    // The lines' own objects are not among the batch's: nobody could say where those were born.
    whole: reading.unreadable.length === 0 && reading.storedStateRefs.length === 0,
  };
}
