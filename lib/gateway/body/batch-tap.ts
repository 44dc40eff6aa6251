import type { BatchLineGroup } from "../../core/calls/batch-lines.ts";
import { createBatchLineReader } from "../../core/calls/read-batch-lines.ts";
import { ofLine } from "../../core/policies/plan.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { createLineSplitter } from "../observe/line-splitter.ts";
import type { BodyTap } from "./body-tap.ts";

export type BatchTap = BodyTap & {
  /** What the lines ask for; null before the end, and where something of the file could not be read. */
  groups(): readonly BatchLineGroup[] | null;
};

const lineBytesMax = 8 * 1024 * 1024;

/**
 * Reads a batch's file as it passes, line by line, and asks once about each kind of line. A line that is refused ends
 * the call, whatever comes behind it; the refusal names its number and nothing of its text.
 */
export function createBatchTap(ask: (group: BatchLineGroup) => GatewayRefusal | null): BatchTap {
  const reader = createBatchLineReader();
  let refusal: GatewayRefusal | null = null;
  let whole = false;
  let first = true;
  const splitter = createLineSplitter(lineBytesMax, (line) => {
    if (refusal) return;
    const group = reader.push(first ? line.replace(/^\uFEFF/, "") : line);
    first = false;
    const asked = group && ask(group);
    if (!asked) return;
    const message = `Line ${reader.lines()} of the file: ${asked.message.replace(ofLine, "")}`;
    refusal = new GatewayRefusal(asked.code, { message });
  });
  return {
    push: (chunk) => splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
    end(isWhole) {
      splitter.end();
      whole = isWhole;
    },
    verdict: () => refusal && { refuse: refusal },
    groups: () => (whole && splitter.dropped() === 0 ? reader.result() : null),
  };
}
