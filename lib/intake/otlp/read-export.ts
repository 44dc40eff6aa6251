import { reportSpans } from "../../core/intake/from-otlp.ts";
import type { ReportedCall } from "../../core/intake/reported-call.ts";
import { decodeJson } from "./decode-json.ts";
import { decodeProtobuf } from "./decode-protobuf.ts";
import type { OtlpEncoding } from "./export-answer.ts";

export type ReadExport = {
  readonly calls: readonly ReportedCall[];
  /** Spans that were meant as calls, or as spans, and cannot be read. Spans of other things are neither here nor there. */
  readonly rejected: number;
  /** Why, in one sentence; empty where nothing was rejected. */
  readonly problem: string;
};

/** The calls in one export of traces. Throws `UnreadableExport` where it is none. */
export function readExport(encoding: OtlpEncoding, body: Uint8Array): ReadExport {
  const { spans, malformed } = encoding === "json" ? decodeJson(body) : decodeProtobuf(body);
  const calls: ReportedCall[] = [];
  let rejected = malformed;
  let problem = malformed > 0 ? "A span has no trace id or no span id." : "";
  for (const report of reportSpans(spans)) {
    if (report.kind === "call") calls.push(report.call);
    if (report.kind !== "invalid") continue;
    rejected++;
    problem ||= report.problem;
  }
  return { calls, rejected, problem };
}
