import { describe, expect, it } from "vitest";
import { readForm } from "./read-form.ts";

const read = (fields: Record<string, string>) => readForm(new Map(Object.entries(fields)));

describe("readForm", () => {
  it("says what the JSON body of the same request would have said", () => {
    expect(read({ model: "whisper-1", stream: "true", store: "False", background: "1" })).toEqual({
      model: "whisper-1",
      stream: true,
      store: false,
      background: true,
    });
  });

  it("leaves a word that is neither yes nor no as text, so that it counts as unreadable", () => {
    expect(read({ store: "maybe" })).toEqual({ store: "maybe" });
  });

  it("reads a session, which is JSON within the form", () => {
    expect(read({ session: '{"model":"gpt-realtime"}' })).toEqual({ session: { model: "gpt-realtime" } });
    expect(read({ session: "{" })).toEqual({ session: "{" });
  });
});
