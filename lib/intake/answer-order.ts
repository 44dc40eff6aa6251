import type { IntakeAnswer, RecordResult } from "../contracts/intake.ts";
import { fromLitellm } from "../core/intake/from-litellm.ts";
import type { ReportedCall } from "../core/intake/reported-call.ts";
import { acceptCalls } from "../services/intake/accept-calls.ts";
import { readRecord } from "../services/intake/read-record.ts";
import { StoreAway } from "../services/intake/store-away.ts";
import { IntakeRefusal } from "./intake-refusal.ts";
import type { BodyKind, IntakeOrder, IntakeOutcome } from "./order.ts";
import { answerExport, type OtlpEncoding } from "./otlp/export-answer.ts";
import { UnreadableExport } from "./otlp/export-limits.ts";
import { type ReadExport, readExport } from "./otlp/read-export.ts";
import { readPlain } from "./read-plain.ts";
import { type Item, litellmItems, splitItems } from "./split-items.ts";

/** Reads, judges and records what one request holds. Never throws: what cannot be done now is said so. */
export async function answerOrder(order: IntakeOrder): Promise<IntakeOutcome> {
  try {
    return await answer(order);
  } catch (error) {
    const refusal =
      error instanceof IntakeRefusal
        ? error
        : new IntakeRefusal(error instanceof StoreAway ? "evidence_unavailable" : "internal_error", {
            cause: error,
          });
    const { cause } = refusal;
    return {
      ok: false,
      code: refusal.code,
      message: refusal.message,
      cause:
        cause === undefined ? null : cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    };
  }
}

async function answer(order: IntakeOrder): Promise<IntakeOutcome> {
  const { kind } = order;
  if (kind.route === "otlp") return answerTraces(order, kind.encoding, readTraces(order, kind.encoding));
  const results = await recordItems(order, readItems(order, kind));
  const counts = count(results);
  const said: IntakeAnswer = { results, counts };
  return {
    ok: true,
    contentType: "application/json; charset=utf-8",
    body: JSON.stringify(said),
    records: results.length,
    outcomes: counts,
  };
}

/** OTLP says how many spans were rejected and nothing of the others; what no second try would change is among them. */
async function answerTraces(
  order: IntakeOrder,
  encoding: OtlpEncoding,
  { calls, rejected: unread, problem }: ReadExport,
): Promise<IntakeOutcome> {
  const results = await accept(order, calls);
  const counts = count(results);
  const refused = unread + counts.rejected + counts.conflict;
  const first = results.find(({ error }) => error !== undefined)?.error;
  const { contentType, body } = answerExport(
    encoding,
    refused,
    refused === 0 ? "" : problem || (first?.message ?? ""),
  );
  return {
    ok: true,
    contentType,
    body,
    records: calls.length + unread,
    outcomes: { ...counts, rejected: counts.rejected + unread },
  };
}

function readTraces({ body, encoding: compression }: IntakeOrder, encoding: OtlpEncoding): ReadExport {
  try {
    return readExport(encoding, readPlain(body, compression));
  } catch (error) {
    if (!(error instanceof UnreadableExport)) throw error;
    throw new IntakeRefusal("body_unreadable", {
      message: `${error.message} Nothing was recorded.`,
      cause: error,
    });
  }
}

function accept(order: IntakeOrder, reports: readonly ReportedCall[]): Promise<RecordResult[]> {
  const { reporter, receivedAt, own } = order;
  return acceptCalls(reporter, reports, { receivedAt: new Date(receivedAt), own: new Set(own) });
}

function count(results: readonly RecordResult[]): Record<RecordResult["outcome"], number> {
  const counts = { recorded: 0, duplicate: 0, conflict: 0, joined: 0, ignored: 0, rejected: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

type Read = { readonly report: ReportedCall } | { readonly result: Omit<RecordResult, "index"> };

type ReadItems = {
  /** One per item, in their order; those of `places` are still to come. */
  readonly results: RecordResult[];
  readonly reports: readonly ReportedCall[];
  readonly places: readonly number[];
};

/**
 * Reads a body in one go of this thread. What is alive afterwards are the reports alone: neither the text nor what a parser
 * made of it waits for the store, and no two bodies are ever without their compression at once.
 */
function readItems({ body, encoding }: IntakeOrder, kind: Exclude<BodyKind, { route: "otlp" }>): ReadItems {
  const results: RecordResult[] = [];
  const reports: ReportedCall[] = [];
  const places: number[] = [];
  const isNative = kind.route === "calls";
  let index = 0;
  for (const item of splitItems(readPlain(body, encoding), kind.form, isNative ? undefined : litellmItems)) {
    const found =
      "problem" in item ? unreadable(item) : isNative ? readNative(item.value) : readLitellm(item.value);
    if ("result" in found) results[index] = { index, ...found.result };
    else {
      reports.push(found.report);
      places.push(index);
    }
    index++;
  }
  return { results, reports, places };
}

async function recordItems(
  order: IntakeOrder,
  { results, reports, places }: ReadItems,
): Promise<RecordResult[]> {
  const accepted = await accept(order, reports);
  for (const [i, result] of accepted.entries()) {
    const index = places[i] ?? 0;
    results[index] = { ...result, index };
  }
  return results;
}

function unreadable({ problem, tooLarge }: Extract<Item, { problem: string }>): Read {
  return rejected(null, { code: tooLarge ? "record_too_large" : "record_invalid", message: problem });
}

function readNative(value: unknown): Read {
  const read = readRecord(value);
  return "report" in read ? read : rejected(read.clientId, read.error);
}

function readLitellm(value: unknown): Read {
  const mapped = fromLitellm(value);
  if (mapped.kind === "call") return { report: mapped.call };
  if (mapped.kind === "invalid") return rejected(null, { code: "record_invalid", message: mapped.problem });
  return { result: { clientId: null, outcome: "ignored", callId: null } };
}

function rejected(clientId: string | null, error: NonNullable<RecordResult["error"]>): Read {
  return { result: { clientId, outcome: "rejected", callId: null, error } };
}
