import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../../regions/openai-catalog.ts";
import { recordedCall } from "../../testing/recorded-call.ts";
import { throughBytes } from "../../testing/recorded-entry.ts";
import { goldenTable } from "../../verdicts/golden/golden-table.ts";
import { questionOf } from "../../verdicts/golden/question.ts";
import { version2 } from "../../verdicts/golden/version-2.ts";
import { judgeCall } from "../../verdicts/judge.ts";
import type { ReadCall } from "../entries/call-body.ts";
import type { Documents } from "./judge-again.ts";
import { judgeOfEntries, questionText } from "./judge-again.ts";

const questions = Object.values(goldenTable)
  .flat()
  .map(([, given]) => questionOf(given));

/** Members that the memory leaves out of what it compares, by the object they stand in. */
const leftOut: readonly (readonly [of: "facts" | "attempt" | "echo" | "peer", names: readonly string[]])[] = [
  ["facts", ["toolHosts"]],
  ["attempt", ["startedAt", "durationMs", "requestBytes", "responseBytes"]],
  ["echo", ["requestId", "processingMs"]],
  ["peer", ["address", "peerKeySha256"]],
];

describe("judging entries again", () => {
  it("leaves nothing out of its memory that a step of the judgement reads", () => {
    const read = new Set<string>();
    const watched = <T extends object>(value: T, of: string): T =>
      new Proxy(value, {
        get(target, name) {
          read.add(`${of}.${String(name)}`);
          return Reflect.get(target, name);
        },
      });
    for (const question of questions)
      judgeCall({
        ...question,
        facts: watched(question.facts, "facts"),
        attempts: question.attempts.map((attempt) =>
          watched(
            {
              ...attempt,
              echo: watched(attempt.echo, "echo"),
              peer: attempt.peer && watched(attempt.peer, "peer"),
            },
            "attempt",
          ),
        ),
      });
    expect(read.has("facts.endpoint") && read.has("attempt.host") && read.has("echo.statedRegion")).toBe(
      true,
    );
    const used = leftOut
      .flatMap(([of, names]) => names.map((name) => `${of}.${name}`))
      .filter((name) => read.has(name));
    expect(used).toEqual([]);
  });

  it("answers from memory as it would without, for every line of the golden table", () => {
    const policies = new Map(questions.map(({ policy }) => [policy?.sha256 ?? "", policy]));
    expect(policies.size).toBeGreaterThan(0);
    const older = questions.map((question) => ({ ...question, byJudge: 2 as const }));
    for (const question of [...questions, ...older]) {
      const documents: Documents = {
        policy: () => question.policy,
        catalog: () => question.catalog,
      };
      const judge = judgeOfEntries(documents);
      const call = throughBytes(recordedCall(question));
      expect([judge(call).outcome, judge(call).outcome]).toEqual(["same", "same"]);
      const forged: ReadCall = {
        ...call,
        body: { ...call.body, hostWithinPolicy: !call.body.hostWithinPolicy },
      };
      expect(judge(forged)).toEqual({ outcome: "differs", member: "host_within_policy" });
    }
  });

  it("judges by the version of the record: what an earlier one said is not held against the newest", () => {
    const [situation] = Object.keys(version2);
    const line = Object.values(goldenTable)
      .flat()
      .find(([words]) => words === situation);
    if (line === undefined) throw new Error("Version 2 differs in no line.");
    const question = questionOf(line[1]);
    const judge = judgeOfEntries({ policy: () => question.policy, catalog: () => question.catalog });
    const was = throughBytes(recordedCall({ ...question, byJudge: 2 }));
    const by = (version: number): ReadCall => ({ ...was, body: { ...was.body, judgeVersion: version } });
    expect([judge(by(2)), judge(by(3)), judge(by(4)), judge(by(1))]).toEqual([
      { outcome: "same" },
      { outcome: "differs", member: "verdict" },
      { outcome: "other_judge" },
      { outcome: "other_judge" },
    ]);
  });

  it("keeps apart calls that differ in anything judged", () => {
    const [question] = questions;
    if (!question) throw new Error("The golden table is empty.");
    const { body } = throughBytes(recordedCall({ ...question, catalog: openaiCatalog }));
    const texts = [
      body,
      { ...body, verdict: "violation" as const },
      { ...body, intendedRegion: "us" },
      { ...body, judgeVersion: 2 },
      { ...body, attempts: body.attempts.map((each) => ({ ...each, host: "other.example" })) },
      {
        ...body,
        attempts: body.attempts.map((each) => ({
          ...each,
          judged: { ...each.judged, reasons: ["edge_anomaly" as const] },
        })),
      },
      { ...body, facts: { ...body.facts, serviceTier: "fast" } },
    ].map(questionText);
    expect(new Set(texts).size).toBe(body.attempts.length > 0 ? 7 : 5);
  });
});
