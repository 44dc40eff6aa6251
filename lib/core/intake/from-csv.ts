import type { Said } from "../calls/call-facts.ts";
import { asToken, asTokenCount, asUuid } from "../calls/json-fields.ts";
import { modelCharsMax } from "../calls/unreadable-fields.ts";
import { isCountryCode } from "../regions/is-country-code.ts";
import type { CsvField } from "./csv-fields.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { endpointOfUrl, pathOf } from "./endpoint-of-url.ts";
import { invalid, type MappedReport } from "./mapped-report.ts";
import { operationOfName } from "./operation-of-name.ts";
import { nothingReported } from "./reported-call.ts";
import { endBehind, instantOf, millisOf, readInstant } from "./time.ts";

/**
 * One row of a file. `rowId` names a row that has no id of its own: the same row of the same file gets the same again.
 *
 * A cell that is there and cannot be read makes the row invalid where the call would be another without it (start, host);
 * elsewhere it is not told. Trust: a cell is what somebody's spreadsheet made of it.
 */
export function fromCsv(
  row: Readonly<Record<string, string>>,
  mapping: CsvMapping,
  rowId: string,
): MappedReport {
  const cell = (name: CsvField): string | null => {
    const header = mapping.columns[name];
    const text = header !== undefined && Object.hasOwn(row, header) ? row[header]?.trim() : undefined;
    return text === undefined || text === "" || text.length > cellCharsMax ? null : text;
  };
  const token = (name: CsvField, charsMax: number): string | null => asToken(cell(name), charsMax);
  const count = (name: CsvField): number | null => countOf(cell(name));

  const start = cell("startedAt");
  if (start === null) return invalid("The row has no start.");
  const startedAt = momentOf(start);
  if (startedAt === null)
    return invalid(
      "The row has no start that can be read. It takes RFC 3339, 2026-11-22 10:00:00 (UTC) or Unix time.",
    );
  const clientId = cell("clientId");
  if (clientId !== null && asToken(clientId, 190) === null)
    return invalid("The row's id holds blanks or is too long.");
  const address = cell("host");
  const { host, path } = endpointOfUrl(address);
  if (address !== null && host === null) return invalid("The row's host is no address that can be read.");
  const operation = operationOfName(cell("operation"));
  const statedPath = pathOf(cell("path")) ?? path;
  const status = statusOf(count("status"));
  const cachedAnswer = saidBoolean(cell("cachedAnswer"));
  const providerObjectId = token("providerObjectId", 128);
  const endUser = cell("endUser");
  const answered = status !== null || providerObjectId !== null;
  const country = (of: CsvField): string | null => {
    const code = cell(of)?.toUpperCase() ?? null;
    return code !== null && isCountryCode(code) ? code : null;
  };
  return {
    kind: "call",
    call: {
      ...nothingReported,
      clientId: clientId ?? rowId,
      format: "import",
      startedAt,
      endedAt:
        endBehind(startedAt, momentOf(cell("endedAt"))) ??
        endOf(startedAt, millisecondsOf(cell("durationMs"))),
      host,
      hostSource: mapping.hostSource,
      method: token("method", 16)?.toUpperCase() ?? null,
      path: statedPath,
      operation: statedPath === null ? operation : null,
      modelRequested: token("modelRequested", modelCharsMax),
      modelAnswered: token("modelAnswered", modelCharsMax),
      stream: isTrue(saidBoolean(cell("stream"))),
      store: saidBoolean(cell("store")),
      serviceTier: token("serviceTier", 32),
      usage: {
        inputTokens: count("inputTokens"),
        outputTokens: count("outputTokens"),
        cachedInputTokens: count("cachedInputTokens"),
        reasoningTokens: count("reasoningTokens"),
      },
      status,
      errorCode: token("errorCode", 128),
      progress: answered ? "sent" : "unknown",
      ttftMs: millisecondsOf(cell("ttftMs")),
      echo: {
        ...nothingReported.echo,
        requestId: token("requestId", 128),
        projectId: token("projectId", 128),
      },
      providerObjectId,
      gatewayCallId: asUuid(cell("gatewayCallId")),
      traceId: hexOf(cell("traceId"), 32),
      spanId: hexOf(cell("spanId"), 16),
      statedApp: token("statedApp", 120),
      endUser: endUser !== null && endUser.length <= endUserCharsMax ? endUser : null,
      subjectCountry: country("subjectCountry"),
      relayCountry: country("relayCountry"),
      finishReason: token("finishReason", 40),
      cachedAnswer: isTrue(cachedAnswer),
    },
  };
}

const cellCharsMax = 4096;
/** Of a longer one the beginning may be somebody else's. */
const endUserCharsMax = 256;

/** Digits alone; a spreadsheet writes whole numbers also as `12.0`. `1,234` may be either of two numbers. */
function countOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}(?:\.0+)?$/.test(text) ? asTokenCount(Number(text)) : null;
}

/** The same, or with a fraction, behind a point or a comma. `1.234` and `1,234` may each be either of two numbers. */
function millisecondsOf(text: string | null): number | null {
  if (text === null || !/^\d{1,15}[.,]\d{1,20}$/.test(text)) return countOf(text);
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(text)
    ? null
    : asTokenCount(Math.round(Number(text.replace(",", "."))));
}

function statusOf(count: number | null): number | null {
  return count !== null && count >= 100 && count <= 599 ? count : null;
}

/** A text, or seconds, milliseconds, microseconds or nanoseconds of Unix time: told apart by their size. */
function momentOf(text: string | null): string | null {
  if (text === null) return null;
  const parts = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:\.(\d+))?$/.exec(text);
  if (parts === null) return readInstant(text);
  const [, whole = "", fraction = ""] = parts;
  // By digits: a double holds no nanoseconds of our time.
  return instantOf(Number(`${whole}${fraction}`.padEnd(13, "0").slice(0, 13)));
}

function endOf(startedAt: string, durationMs: number | null): string | null {
  const startMs = millisOf(startedAt);
  return durationMs === null || startMs === null ? null : instantOf(startMs + durationMs);
}

function saidBoolean(text: string | null): Said<boolean> {
  const lower = text?.toLowerCase() ?? "";
  if (["true", "t", "1", "yes"].includes(lower)) return { said: true, value: true };
  if (["false", "f", "0", "no"].includes(lower)) return { said: true, value: false };
  return { said: false };
}

function isTrue(said: Said<boolean>): boolean {
  return said.said && said.value;
}

function hexOf(text: string | null, digits: number): string | null {
  const lower = text?.toLowerCase().replaceAll("-", "") ?? "";
  return lower.length === digits && /^[0-9a-f]+$/.test(lower) && !/^0+$/.test(lower) ? lower : null;
}
