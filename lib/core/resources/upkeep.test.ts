import { describe, expect, it } from "vitest";
import { matchOperation } from "../calls/match-operation.ts";
import { isUnsettled, questionOf, restMs } from "./upkeep.ts";

describe("questionOf", () => {
  it.each([
    ["batch", "batch_1", "batches.retrieve"],
    ["fine_tuning_job", "ftjob-1", "fine_tuning.jobs.retrieve"],
    ["vector_store", "vs_1", "vector_stores.retrieve"],
    ["file", "file-1", "files.retrieve"],
  ])("asks about a %s by an operation that only reads and carries no content", (kind, id, operation) => {
    const question = questionOf(kind, id);
    expect(question?.operation).toBe(operation);
    expect(matchOperation("GET", question?.path ?? "")).toMatchObject({
      id: operation,
      carriesContent: false,
    });
  });

  it.each([
    ["response", "resp_1"],
    ["container", "cntr_1"],
    ["conversation", "conv_1"],
    ["constructor", "x"],
  ])("asks nothing about a %s", (kind, id) => {
    expect(questionOf(kind, id)).toBeNull();
  });

  it.each(["..", "a/b", "a%2Fb", "", "-x", "a?b", "a#b", "x".repeat(129)])(
    "asks nothing by the id %j",
    (id) => {
      expect(questionOf("batch", id)).toBeNull();
    },
  );
});

describe("isUnsettled", () => {
  it.each([
    ["batch", null, true],
    ["batch", "finalizing", true],
    ["batch", "cancelling", true],
    ["batch", "completed", false],
    ["fine_tuning_job", "paused", true],
    ["fine_tuning_job", "succeeded", false],
    ["vector_store", "in_progress", true],
    ["file", null, false],
    ["response", "in_progress", false],
  ])("a %s that is %s: %s", (kind, status, expected) => {
    expect(isUnsettled(kind, status)).toBe(expected);
  });
});

describe("restMs", () => {
  const minutes = (n: number) => n * 60_000;
  it("asks about what is young often, and never more than four times a minute", () => {
    const rest = (ageMs: number) => restMs({ kind: "batch", status: "in_progress", ageMs, failures: 0 });
    expect([0, minutes(10), minutes(60), minutes(600)].map(rest)).toEqual([
      15_000,
      30_000,
      minutes(3),
      minutes(10),
    ]);
  });

  it("doubles with each failure, up to six hours", () => {
    const rest = (failures: number) => restMs({ kind: "batch", status: "in_progress", ageMs: 0, failures });
    expect([1, 2, 3, 12, 5_000].map(rest)).toEqual([30_000, 60_000, 120_000, minutes(360), minutes(360)]);
  });
});
