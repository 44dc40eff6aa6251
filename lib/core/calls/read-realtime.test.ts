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
    expect(readClientEvent(text, "realtime")).toBe(null);
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
    expect(readClientEvent(text, "realtime")).toBe("unread");
  });

  it.each([
    ["session.update", "session"],
    ["transcription_session.update", "session"],
  ])("reads what %s makes of the session", (type, of) => {
    const json = { tracing: "auto" };
    expect(readClientEvent(JSON.stringify({ type, session: json }), "realtime")).toEqual({ of, json });
  });

  it("an escaped name is the name", () => {
    const text = '{"type":"session\\u002eupdate","session":{"tracing":"auto"}}';
    expect(readClientEvent(text, "realtime")).toEqual({ of: "session", json: { tracing: "auto" } });
  });

  it("what one answer is asked for is of that answer alone", () => {
    const response = { conversation: "none", tools: [] };
    const text = JSON.stringify({ type: "response.create", response });
    expect(readClientEvent(text, "realtime")).toEqual({ of: "answer", json: { tools: [] } });
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

describe("a session of responses", () => {
  const operation = matchOperation("GET", "/v1/responses") ?? unknownOperation;
  const response = (id: string, more: object = {}) => ({
    ...{ id, object: "response", model: "gpt-5.5", status: "completed", output: [] },
    ...more,
  });
  const event = (type: string, members: object) => JSON.stringify({ type, ...members });

  it("takes each event that asks for an answer as a request, and any other as more of one", () => {
    const asked = { type: "response.create", model: "m", stream_id: "a" };
    expect(readClientEvent(JSON.stringify(asked), "responses")).toEqual({ of: "answer", json: asked });
    const more = { type: "response.steer", previous_response_id: "resp_1", input: "x" };
    expect(readClientEvent(JSON.stringify(more), "responses")).toEqual({ of: "more", json: more });
    for (const text of ["[]", "{", '{"type":"response.create","model":"a","model":"b"}'])
      expect(readClientEvent(text, "responses")).toBe("unread");
    // What looks like sound is none here.
    const sound = '{"type":"input_audio_buffer.append","audio":"AAAA"}';
    expect(readClientEvent(sound, "responses")).toMatchObject({ of: "more" });
  });

  it("sums the tokens of its responses and names those that are kept", () => {
    const begun: string[] = [];
    const reader = createRealtimeReader(operation, (id) => begun.push(id));
    const usage = { input_tokens: 10, output_tokens: 2, input_tokens_details: { cached_tokens: 4 } };
    reader.server(event("response.created", { response: response("resp_1") }));
    reader.server(event("response.created", { response: response("resp_2") }));
    reader.server(event("response.completed", { response: response("resp_2", { usage, store: false }) }));
    expect(reader.result().read).toBe(false);
    const output = [{ type: "web_search_call" }];
    reader.server(event("response.incomplete", { response: response("resp_1", { usage, output }) }));
    expect(begun).toEqual(["resp_1", "resp_2"]);
    expect(reader.result()).toMatchObject({
      read: true,
      modelAnswered: "gpt-5.5",
      usage: { inputTokens: 20, outputTokens: 4, cachedInputTokens: 8, reasoningTokens: null },
      featuresUsed: ["web_search"],
      objectsNamed: [{ kind: "response", id: "resp_1" }],
    });
  });

  it("keeps the code of an error, however it is said", () => {
    for (const error of [{ error: { code: "rate_limit_exceeded" } }, { code: "rate_limit_exceeded" }]) {
      const reader = createRealtimeReader(operation);
      reader.server(event("error", error));
      expect(reader.result().errorCode).toBe("rate_limit_exceeded");
    }
  });
});
