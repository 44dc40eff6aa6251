import { describe, expect, it } from "vitest";
import { matchOperation, unknownOperation } from "./match-operation.ts";
import { noUsage } from "./read-answer.ts";
import { createRealtimeReader, readClientEvent, realtimeEventCharsMax } from "./read-realtime.ts";

const sound = "UklGRgAA+/8=";
const append = { type: "input_audio_buffer.append", audio: sound };

describe("readClientEvent", () => {
  it.each([
    JSON.stringify(append),
    JSON.stringify({ event_id: "e1", ...append }),
    JSON.stringify({ audio: sound, event_id: "e1", type: append.type }),
    '{"type": "input_audio_buffer.append", "audio": "AAAA"}',
    JSON.stringify({ ...append, type: "session.input_audio_buffer.append" }),
    JSON.stringify({ ...append, audio: "A".repeat(2 * realtimeEventCharsMax) }),
    '{"type":"response.create"}',
    '{"type":"conversation.item.create","item":{"type":"message"}}',
  ])("finds nothing to judge in %.60s", (text) => {
    expect(readClientEvent(text)).toBe(null);
  });

  it.each([
    '{"type":"input_audio_buffer.append","type":"session.update","session":{"tracing":"auto"}}',
    '{"type":"input_audio_buffer.append","audio":"AA","type":"session.update","session":{"tracing":"auto"}}',
    '{"type":"response.x.delta","type":"session.update","session":{"tracing":"auto"}}',
    '{"type":"session.update","session":{"tracing":null,"tracing":"auto"}}',
    '{"type":"session.update","session":"x"}',
    '{"type":"response.create","response":[]}',
    "{",
    "[]",
    `{"type":"session.update","session":${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}}`,
    JSON.stringify({ type: "session.update", session: { x: "x".repeat(realtimeEventCharsMax) } }),
  ])("does not trust what two may read differently, or nobody can: %.60s", (text) => {
    expect(readClientEvent(text)).toBe("unread");
  });

  it.each([
    ["session.update", "session"],
    ["transcription_session.update", "session"],
  ])("reads what %s makes of the session", (type, of) => {
    const json = { tracing: "auto" };
    expect(readClientEvent(JSON.stringify({ type, session: json }))).toEqual({ of, json });
  });

  it("an escaped name is the name", () => {
    const text = '{"type":"session\\u002eupdate","session":{"tracing":"auto"}}';
    expect(readClientEvent(text)).toEqual({ of: "session", json: { tracing: "auto" } });
  });

  it("what one answer is asked for is of that answer alone", () => {
    const response = { conversation: "none", tools: [] };
    const text = JSON.stringify({ type: "response.create", response });
    expect(readClientEvent(text)).toEqual({ of: "answer", json: { tools: [] } });
  });
});

describe("createRealtimeReader", () => {
  const done = (response: object) => JSON.stringify({ type: "response.done", response });
  const read = (...events: string[]) => {
    const reader = createRealtimeReader(matchOperation("GET", "/v1/realtime") ?? unknownOperation);
    for (const event of events) reader.server(event);
    return reader.result();
  };

  it("adds up what its answers used, and takes a sum that no record holds for none", () => {
    const usage = { input_tokens: 2_000_000_000, output_tokens: 7 };
    expect(read(done({ usage })).usage).toEqual({ ...noUsage, inputTokens: 2_000_000_000, outputTokens: 7 });
    expect(read(done({ usage }), done({ usage })).usage).toEqual({ ...noUsage, outputTokens: 14 });
  });

  it("keeps a hundred features at most; a session that shows more was not read", () => {
    const output = Array.from({ length: 2_000 }, (_, at) => ({ type: `tool_${at}_call` }));
    expect(read(...output.slice(0, 100).map((item) => done({ output: [item] })))).toMatchObject({
      read: true,
    });
    const one = read(...output.map((item) => done({ output: [item] })));
    expect(one.featuresUsed).toHaveLength(100);
    expect(one.read).toBe(false);
    expect(read(done({ output }))).toMatchObject({ read: false });
  });
});
