import { describe, expect, it } from "vitest";
import { operationById } from "../../core/calls/operation-by-id.ts";
import type { Policy } from "../../core/policies/policy.ts";
import { europeanConfig, europeanPolicy, sessionDraft } from "../../testing/session-world.ts";
import { GatewayRefusal } from "../answer-error.ts";
import { objectionOf, planSession, type SessionState } from "./plan-session.ts";
import { widenCall } from "./stretch.ts";

const model = "gpt-realtime-2";
const hears = (name: string) => ({ audio: { input: { transcription: { model: name } } } });
const observing: Partial<Policy> = { enforcement: { mode: "observe", until: null } };

const plan = (json: SessionState["json"], changes: Partial<Policy> = {}, unread = false) =>
  planSession(sessionDraft(europeanConfig(europeanPolicy(changes))), { json, unread });

function planned(...asked: Parameters<typeof plan>) {
  const call = plan(...asked);
  if (call instanceof GatewayRefusal) throw call;
  return call;
}

const codeOf = (...asked: Parameters<typeof plan>) => {
  const call = plan(...asked);
  return call instanceof GatewayRefusal ? call.code : null;
};

describe("the model that writes down what is heard", () => {
  it("is held against the policy beside the session's own", () => {
    expect(codeOf({ model, ...hears("gpt-realtime-whisper") })).toBe(null);
    expect(codeOf({ model, ...hears("gpt-4o-transcribe") })).toBe("model_not_eligible");
    expect(codeOf({ model, ...hears("gpt-realtime-whisper") }, { models: [model] })).toBe(
      "model_not_eligible",
    );
  });

  it("is the model of a session that has no other, under the endpoint of transcriptions", () => {
    const call = planned(hears("gpt-realtime-whisper"));
    expect(call.reading.model).toBe("gpt-realtime-whisper");
    expect(call.operation).toMatchObject({
      id: "realtime.connect",
      endpoint: "/v1/realtime/transcription_sessions",
    });
    expect(codeOf(hears("gpt-4o-transcribe"))).toBe("model_not_eligible");
  });

  it("does not look clear where the policy observes and objects", () => {
    const call = planned({ model, ...hears("gpt-4o-transcribe") }, observing);
    expect(objectionOf(call)?.code).toBe("model_not_eligible");
    expect(call.reading).toMatchObject({ model, unreadable: ["model"] });
  });
});

describe("a session of which something was not read", () => {
  it("is refused where the policy refuses the unknown", () => {
    expect(codeOf({ model }, { onUnknown: "refuse" }, false)).toBe(null);
    expect(codeOf({ model }, { onUnknown: "refuse" }, true)).not.toBe(null);
  });

  it("goes on where it does not, and says so in its facts", () => {
    const call = planned({ model }, {}, true);
    expect(call).toMatchObject({ requestBody: "unread", reading: { unreadable: ["session"] } });
  });
});

describe("widenCall", () => {
  it("keeps what was asked for once, and the first objection", () => {
    const first = planned({ model, tracing: "auto" }, observing);
    const call = widenCall(first, planned({ model, tracing: null }, observing));
    expect(call.reading.featuresOffered).toEqual(["realtime_tracing"]);
    expect(objectionOf(call)?.code).toBe("feature_not_eligible");
  });

  it("does not let a clear model stand for one that was objected to", () => {
    const first = planned(hears("gpt-4o-transcribe"), observing);
    const call = widenCall(first, planned(hears("gpt-realtime-whisper"), observing));
    expect(call.reading).toMatchObject({ model: "gpt-realtime-whisper", unreadable: ["model"] });
  });
});

describe("a session of responses", () => {
  const operation = operationById("responses.connect");
  if (operation === null) throw new Error("There is no such operation.");
  const strict: Partial<Policy> = { onUnknown: "refuse" };
  const draft = { ...sessionDraft(europeanConfig(europeanPolicy(strict))), operation, path: "/v1/responses" };
  const ask = (json: SessionState["json"]) => planSession(draft, { json, unread: false });
  const asked = (json: SessionState["json"]) => {
    const call = ask(json);
    if (call instanceof GatewayRefusal) throw call;
    return call;
  };
  const request = { model: "gpt-5.5-2026-04-23", store: false };

  it("asks nothing of a strict policy between its answers, and everything with each of them", () => {
    expect(asked({})).toMatchObject({ requestBody: "none", reading: { model: null, unreadable: [] } });
    expect(asked(request)).toMatchObject({ requestBody: "read", reading: { model: request.model } });
    expect(ask({ ...request, model: "gpt-no-such" })).toBeInstanceOf(GatewayRefusal);
    expect(ask({ store: false })).toBeInstanceOf(GatewayRefusal);
  });

  it("is what its first answer asks for, and of several tiers looks like none", () => {
    const first = widenCall(asked({}), asked(request));
    expect(first).toMatchObject({ requestBody: "read", reading: asked(request).reading });
    const second = widenCall(first, asked({ ...request, service_tier: "flex" }));
    expect(second.reading.unreadable).toEqual(["service_tier"]);
  });
});
