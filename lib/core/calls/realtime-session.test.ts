import { describe, expect, it } from "vitest";
import { transcriptionModel, updateSession } from "./realtime-session.ts";

const hears = (transcription: unknown) => ({ audio: { input: { transcription } } });

describe("updateSession", () => {
  it("keeps what an update does not name", () => {
    const first = updateSession({ model: "m" }, { tracing: "auto", ...hears({ model: "t" }) });
    const second = updateSession(first, { tools: [], audio: { output: { voice: "sage" } } });
    expect(second).toEqual({ model: "m", tracing: "auto", tools: [], ...hears({ model: "t" }) });
  });

  it("keeps no instructions", () => {
    expect(updateSession({}, { instructions: "Be short.", audio: { output: {} } })).toEqual({});
  });

  it("keeps the model of what is heard until another is named or none wanted", () => {
    const first = updateSession({}, hears({ model: "t" }));
    expect(transcriptionModel(updateSession(first, hears({ language: "de" })))).toBe("t");
    expect(transcriptionModel(updateSession(first, hears({ model: "u" })))).toBe("u");
    expect(transcriptionModel(updateSession(first, hears(null)))).toBe(null);
    expect(transcriptionModel({ input_audio_transcription: { model: "w" } })).toBe("w");
  });
});
