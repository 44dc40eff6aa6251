import { describe, expect, it } from "vitest";
import { type CsvMapping, delimiterOf, mappingProblems, suggestMapping } from "./csv-mapping.ts";
import { fromCsv } from "./from-csv.ts";
import { nothingReported, type ReportedCall } from "./reported-call.ts";

const mapping: CsvMapping = {
  hostSource: "log",
  delimiter: ",",
  columns: {
    clientId: "id",
    startedAt: "time",
    endedAt: "end",
    durationMs: "latency",
    host: "url",
    operation: "op",
    modelRequested: "model",
    status: "status",
    inputTokens: "in",
    store: "store",
    subjectCountry: "country",
    relayCountry: "relay",
    traceId: "trace",
    endUser: "user",
  },
};
const row = {
  id: "r-1",
  time: "2026-11-28T10:00:00Z",
  url: "https://eu.api.openai.com/v1/embeddings",
  prompt: "TEXT",
};

function callOf(change: Record<string, string>, given = mapping): ReportedCall {
  const report = fromCsv({ ...row, ...change }, given, "file:1");
  if (report.kind !== "call") throw new Error(`No call, but ${JSON.stringify(report)}.`);
  return report.call;
}

describe("a row", () => {
  it.each<[string, Record<string, string>, Partial<ReportedCall>]>([
    [
      "an address",
      {},
      { host: "eu.api.openai.com", path: "/v1/embeddings", operation: null, hostSource: "log" },
    ],
    [
      "a bare host",
      { url: "eu.api.openai.com", op: "responses" },
      { host: "eu.api.openai.com", path: null, operation: "responses.create" },
    ],
    ["seconds", { time: "1795860000" }, { startedAt: "2026-11-28T10:00:00.000Z" }],
    ["seconds with a fraction", { time: "1795860000.25" }, { startedAt: "2026-11-28T10:00:00.250Z" }],
    ["milliseconds", { time: "1795860000250" }, { startedAt: "2026-11-28T10:00:00.250Z" }],
    ["microseconds", { time: "1795860000250999" }, { startedAt: "2026-11-28T10:00:00.250Z" }],
    ["nanoseconds", { time: "1795860000250999999" }, { startedAt: "2026-11-28T10:00:00.250Z" }],
    ["an end by its duration", { latency: "1500" }, { endedAt: "2026-11-28T10:00:01.500Z" }],
    [
      "an end by a fraction of milliseconds",
      { latency: "1500.4999" },
      { endedAt: "2026-11-28T10:00:01.500Z" },
    ],
    ["an end by a fraction behind a comma", { latency: "1500,5" }, { endedAt: "2026-11-28T10:00:01.501Z" }],
    ["no end by what may be two numbers", { latency: "1.500" }, { endedAt: null }],
    ["no end by a count that no call has", { latency: "99999999999" }, { endedAt: null }],
    ["no end before the start", { end: "2026-11-28T09:59:59Z" }, { endedAt: null }],
    ["no end", {}, { endedAt: null }],
    ["an end user", { user: "u".repeat(256) }, { endUser: "u".repeat(256) }],
    ["no part of an end user's name", { user: "u".repeat(257) }, { endUser: null }],
    ["no count that no call has", { in: "99999999999" }, { usage: nothingReported.usage }],
    ["a status: it was sent", { status: "200.0" }, { status: 200, progress: "sent" }],
    ["no status: nobody knows", { status: "OK" }, { status: null, progress: "unknown" }],
    ["a number that may be two", { in: "1,234" }, { usage: nothingReported.usage }],
    ["said and not said", { store: "FALSE" }, { store: { said: true, value: false } }],
    ["not said", { store: "maybe" }, { store: { said: false } }],
    ["a country", { country: "de" }, { subjectCountry: "DE" }],
    ["no country", { country: "Germany" }, { subjectCountry: null }],
    ["a code of no country", { country: "UK" }, { subjectCountry: null }],
    ["where it was relayed", { relay: "de" }, { relayCountry: "DE", subjectCountry: null }],
    ["not where it was relayed", { relay: "eu-central-1" }, { relayCountry: null }],
    [
      "a trace in the form of a UUID",
      { trace: "0AF76519-16CD-43DD-8448-EB211C80319C" },
      { traceId: "0af7651916cd43dd8448eb211c80319c" },
    ],
    ["blanks around", { id: "  r-1 " }, { clientId: "r-1" }],
    ["no id: that of its place", { id: "" }, { clientId: "file:1" }],
  ])("%s", (_, change, told) => {
    expect(callOf(change)).toMatchObject(told);
  });

  it("holds nothing of a column that is no field", () => {
    expect(JSON.stringify(callOf({}))).not.toContain("TEXT");
  });

  it("knows its host as the mapping says", () => {
    expect(callOf({}, { ...mapping, hostSource: "label" }).hostSource).toBe("label");
  });

  it.each([
    [
      { time: "22.11.2026 10:00" },
      "The row has no start that can be read. It takes RFC 3339, 2026-11-22 10:00:00 (UTC) or Unix time.",
    ],
    [{ time: "" }, "The row has no start."],
    [{ id: "two words" }, "The row's id holds blanks or is too long."],
    [{ url: "https://api.openai.com\\@evil.example" }, "The row's host is no address that can be read."],
  ])("of %j is refused, not bent", (change, problem) => {
    expect(fromCsv({ ...row, ...change }, mapping, "file:1")).toEqual({ kind: "invalid", problem });
  });

  it("finds nothing under a name of the prototype", () => {
    expect(
      callOf({}, { ...mapping, columns: { ...mapping.columns, modelRequested: "constructor" } })
        .modelRequested,
    ).toBeNull();
  });
});

describe("a suggested mapping", () => {
  it("knows columns by the names that programs give them", () => {
    const { columns } = suggestMapping(
      [
        "Request ID",
        "Timestamp",
        "api_base",
        "Model",
        "Prompt Tokens",
        "completion_tokens",
        "prompt",
        "Status Code",
      ],
      ",",
    );
    expect(columns).toEqual({
      startedAt: "Timestamp",
      host: "api_base",
      modelRequested: "Model",
      inputTokens: "Prompt Tokens",
      outputTokens: "completion_tokens",
      status: "Status Code",
      requestId: "Request ID",
    });
  });

  it("takes no column for two fields, and none for content", () => {
    const { columns } = suggestMapping(["id", "start_time", "messages", "response", "input", "output"], ",");
    expect(columns).toEqual({ clientId: "id", startedAt: "start_time" });
  });

  it.each([
    [["time", "host"], {}, ["No column says when a call began."]],
    [
      ["time"],
      { startedAt: "time", host: "url" },
      ["The file has no column for “Host or address” under the name that the mapping gives."],
    ],
    [["time"], { startedAt: "time" }, []],
  ])("of %j with %j has the problems %j", (headers, columns, problems) => {
    expect(mappingProblems({ columns, hostSource: "log", delimiter: "," }, headers)).toEqual(problems);
  });
});

it.each([
  ["a,b;c,d", ","],
  ['"a,b,c";d;e', ";"],
  ["a\tb", "\t"],
  ["a", ","],
])("between the cells of %j stands %j", (line, delimiter) => {
  expect(delimiterOf(line)).toBe(delimiter);
});
