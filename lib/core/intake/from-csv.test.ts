import { describe, expect, it } from "vitest";
import { type CsvMapping, delimiterOf, mappingProblems, suggestMapping } from "./csv-mapping.ts";
import { fromCsv } from "./from-csv.ts";
import type { ReportedCall } from "./reported-call.ts";

const mapping: CsvMapping = {
  hostSource: "log",
  delimiter: ",",
  columns: {
    clientId: "id",
    startedAt: "time",
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
    ["no end", {}, { endedAt: null }],
    ["a status: it was sent", { status: "200.0" }, { status: 200, progress: "sent" }],
    ["no status: nobody knows", { status: "OK" }, { status: null, progress: "unknown" }],
    [
      "a number that may be two",
      { in: "1,234" },
      { usage: { inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null } },
    ],
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
    [{ time: "yesterday" }, "The row has no start that can be read."],
    [{ time: "" }, "The row has no start that can be read."],
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
