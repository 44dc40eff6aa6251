import { expect, it } from "vitest";
import { noEcho } from "../core/calls/attempt-facts.ts";
import { europeanConfig, europeanPolicy, sessionDraft } from "../testing/session-world.ts";
import { planCall } from "./plan-call.ts";
import { recordOf, refusedRecordOf } from "./record.ts";
import { nothingSent } from "./upstream/attempt.ts";

it("a clock that is set back in the middle of a call makes no end before its start", () => {
  const draft = sessionDraft(europeanConfig(europeanPolicy()));
  const call = planCall(draft, { reading: "read", json: { model: "gpt-realtime-2" } }, null);
  const startedAt = new Date(call.startedAt).toISOString();
  const earlier = call.startedAt - 3_600_000;
  const dial = { startedAt: earlier, seen: nothingSent(), echo: noEcho, redirectHost: null };
  const outcome = {
    end: "complete",
    dials: [dial],
    observation: null,
    refusal: null,
    stopped: null,
  } as const;
  expect(recordOf(call, { bootId: "b", n: 1 }, outcome, earlier)).toMatchObject({
    startedAt,
    endedAt: startedAt,
    attempts: [{ startedAt }],
  });
  const refusal = { code: "region_blocked", message: "No." };
  expect(refusedRecordOf(call, refusal, null, earlier)).toMatchObject({
    endedAt: startedAt,
    attempts: [{ startedAt }],
  });
});
