import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json-fields.ts";
import { type AskedSession, sessionCharsMax, transcriptionModel, updateSession } from "./realtime-session.ts";

/** Of sessions that are kept. */
function updated(before: AskedSession, update: JsonObject): AskedSession {
  const next = updateSession(before, update);
  if (next === null) throw new Error("It is more than is kept.");
  return next;
}

const hears = (transcription: unknown) => ({ audio: { input: { transcription } } });

describe("updateSession", () => {
  it("keeps what an update does not name", () => {
    const first = updated({ model: "m" }, { tracing: "auto", ...hears({ model: "t" }) });
    const second = updated(first, { tools: [], audio: { output: { voice: "sage" } } });
    expect(second).toEqual({ model: "m", tracing: "auto", tools: [], ...hears({ model: "t" }) });
  });

  it("keeps no instructions", () => {
    expect(updated({}, { instructions: "Be short.", audio: { output: {} } })).toEqual({});
  });

  it("keeps the model of what is heard until another is named or none wanted", () => {
    const first = updated({}, hears({ model: "t" }));
    expect(transcriptionModel(updated(first, hears({ language: "de" })))).toBe("t");
    expect(transcriptionModel(updated(first, hears({ model: "u" })))).toBe("u");
    expect(transcriptionModel(updated(first, hears(null)))).toBe(null);
    expect(transcriptionModel({ input_audio_transcription: { model: "w" } })).toBe("w");
  });

  it("keeps no more in all than one event may hold: beyond that nobody knows what the session is", () => {
    const half = "x".repeat(sessionCharsMax / 2);
    const first = updated({}, { tools: [half] });
    expect(updateSession(first, { text: half })).toBe(null);
    expect(updated(first, { tools: [half, "y"] })).toEqual({ tools: [half, "y"] });
    expect(updated(first, { instructions: half, text: "z" })).toEqual({ tools: [half], text: "z" });
  });
});
