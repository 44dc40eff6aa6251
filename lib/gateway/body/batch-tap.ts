import type { BatchLineGroup } from "../../core/calls/batch-lines.ts";
import { createBatchLineReader } from "../../core/calls/read-batch-lines.ts";
import { ofLine } from "../../core/policies/plan.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { createLineSplitter } from "../observe/line-splitter.ts";
import type { BodyTap } from "./body-tap.ts";

export type BatchTap = BodyTap & {
  /**
   * What the lines ask for; null before the end, and where something of the file could not be read. Of a part: what its
   * whole lines ask for, null where it has none.
   */
  groups(): readonly BatchLineGroup[] | null;
};

/** `part`: one of the parts that a file is uploaded by, in any order, each cut where its caller pleased. */
type Piece = "file" | "part";

const lineBytesMax = 8 * 1024 * 1024;

/**
 * Reads a batch's file as it passes, line by line, and asks once about each kind of line. A line that is refused ends
 * the call, whatever comes behind it; the refusal names its number and nothing of its text.
 *
 * Of a part the lines that stand whole in it are read. What of a line was cut off stays unread: to join it with the
 * part that holds the rest it would have to be kept, and it is content.
 */
export function createBatchTap(
  ask: (group: BatchLineGroup) => GatewayRefusal | null,
  piece: Piece = "file",
): BatchTap {
  const reader = createBatchLineReader();
  let refusal: GatewayRefusal | null = null;
  let ended = false;
  let whole = false;
  let first = true;
  const splitter = createLineSplitter(lineBytesMax, (line) => {
    if (refusal) return;
    const group = reader.push(first ? line.replace(/^\uFEFF/, "") : line);
    first = false;
    const asked = group && ask(group);
    if (!asked) return;
    const message = `Line ${reader.lines()} of the ${piece}: ${asked.message.replace(ofLine, "")}`;
    refusal = new GatewayRefusal(asked.code, { message });
  });
  return {
    push(chunk) {
      // Of a file nothing more can follow then; of a part the lines are still counted.
      if (piece === "file" && reader.hasGivenUp()) return;
      splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    },
    end(isWhole) {
      splitter.end();
      ended = true;
      whole = isWhole;
    },
    verdict: () => refusal && { refuse: refusal },
    ofBatch: piece === "part",
    groups() {
      if (!ended) return null;
      if (piece === "part") return reader.resultOfPiece(splitter.dropped() + (whole ? 0 : 1));
      return whole && splitter.dropped() === 0 ? reader.result() : null;
    },
  };
}
