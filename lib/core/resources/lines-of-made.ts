import type { BatchLineGroup } from "../calls/batch-lines.ts";
import type { CallRecord } from "../calls/call-record.ts";
import type { ObjectKind } from "../calls/provider-object.ts";

/**
 * What the lines of a batch's file ask for, as the call tells that made the file; null: it is no such file, or was not
 * read. An upload has no lines yet: none at all (`[]`) where it may be for a batch, null where the gateway read that it
 * is for something else.
 */
export function linesOfMade(
  kind: ObjectKind,
  { facts, source }: Pick<CallRecord, "facts" | "source">,
): readonly BatchLineGroup[] | null {
  if (kind === "file") return facts.batchLines ?? null;
  if (kind !== "upload") return null;
  const wasRead = facts.requestBody === "read" && (source === "gateway" || source === "playground");
  return wasRead ? (facts.batchLines ?? null) : [];
}
