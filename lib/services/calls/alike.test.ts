import fc from "fast-check";
import { expect, it } from "vitest";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { attemptFacts, callFacts, pins, policies } from "../../core/testing/arbitraries.ts";
import { judgeCall } from "../../core/verdicts/judge.ts";
import { createAlike, judgedPart } from "./alike.ts";

const timed = { startedAt: "2026-11-28T10:00:00.000Z", durationMs: 5 };

it("what is left out of an attempt changes no judgement", () => {
  const any = fc.record({
    facts: callFacts,
    attempt: attemptFacts,
    policy: fc.option(policies, { freq: 9 }),
    pin: pins,
    bytes: fc.nat(),
    id: fc.option(fc.string()),
    ms: fc.option(fc.nat()),
    address: fc.ipV4(),
  });
  fc.assert(
    fc.property(any, ({ facts, attempt, policy, pin, bytes, id, ms, address }) => {
      const other = {
        ...attempt,
        requestBytes: bytes,
        responseBytes: bytes,
        echo: { ...attempt.echo, requestId: id, processingMs: ms },
        peer: attempt.peer && { ...attempt.peer, address },
      };
      expect(judgedPart({ ...other, ...timed, durationMs: ms })).toBe(judgedPart({ ...attempt, ...timed }));
      const judge = (one: typeof attempt) =>
        judgeCall({
          facts,
          attempts: [one],
          policy,
          catalog: openaiCatalog,
          pin,
          intendedRegion: null,
          refusal: null,
        });
      expect(judge(other)).toEqual(judge(attempt));
    }),
    { numRuns: 500 },
  );
});

it("gives one object for all that say the same, and forgets rather than grows", () => {
  const alike = createAlike<{ n: number }>(2, 10_000);
  const one = alike({ n: 1 });
  expect(alike({ n: 1 })).toBe(one);
  expect(alike({ n: 2 })).not.toBe(one);
  alike({ n: 3 });
  expect(alike({ n: 1 })).not.toBe(one);
});

it("holds no more than it says, and nothing that is long", () => {
  const alike = createAlike<{ text: string }>(1_000, 10_000);
  const one = alike({ text: "a" });
  const long = "x".repeat(200);
  expect(alike({ text: long })).not.toBe(alike({ text: long }));
  expect(alike({ text: "a" })).toBe(one);
  for (let n = 0; n < 200; n += 1) alike({ text: `${n}${"x".repeat(50)}` });
  expect(alike({ text: "a" })).not.toBe(one);
});
