import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "./operation.ts";
import { readRequest } from "./read-request.ts";

function operation(id: string, endpoint: string): Operation {
  return { id, endpoint, genAiOperation: "chat", carriesContent: true };
}

const chat = operation("chat.completions.create", "/v1/chat/completions");
const responses = operation("responses.create", "/v1/responses");

describe("readRequest", () => {
  it("reads model, stream, store, background and tier as they were said", () => {
    const reading = readRequest(responses, {
      model: "gpt-5-2025-08-07",
      input: "Hello",
      stream: true,
      store: false,
      background: true,
      service_tier: "flex",
    });
    expect(reading).toEqual({
      model: "gpt-5-2025-08-07",
      stream: true,
      store: { said: true, value: false },
      background: { said: true, value: true },
      serviceTier: "flex",
      featuresOffered: [],
    });
  });

  it.each([undefined, null, "true", 1])("takes store: %s for not said", (store) => {
    expect(readRequest(chat, { model: "gpt-4o", store }).store).toEqual({ said: false });
  });

  it.each([
    [[{ type: "web_search_preview_2025_03_11" }], ["web_search"]],
    [
      [{ type: "file_search" }, { type: "code_interpreter" }],
      ["code_interpreter", "file_search"],
    ],
    [[{ type: "mcp", server_url: "https://crm.example/mcp" }], ["mcp"]],
    [[{ type: "image_generation" }], ["image_generation"]],
    [[{ type: "computer_use_preview" }], ["computer_use"]],
    [[{ type: "function" }, { type: "custom" }, { type: "local_shell" }], []],
    [[{ type: "namespace", tools: [{ type: "mcp" }, { type: "function" }] }], ["mcp"]],
    [[{ type: "tool_of_tomorrow" }], ["tool_of_tomorrow"]],
    [["mcp", null, {}, { type: 3 }], []],
  ])("names the hosted tools of %j", (tools, features) => {
    expect(readRequest(responses, { tools }).featuresOffered).toEqual(features);
  });

  it("sees images, audio, files, schemas and web search in a request", () => {
    const parts = (content: unknown) =>
      readRequest(chat, { messages: [{ role: "user", content }] }).featuresOffered;
    expect(parts([{ type: "image_url", image_url: { url: "https://x.example" } }])).toEqual([
      "input_modalities",
    ]);
    expect(parts([{ type: "input_audio" }])).toEqual(["input_modalities"]);
    expect(parts([{ type: "file", file: { file_id: "file-1" } }])).toEqual(["file_upload"]);
    expect(parts("Hello")).toEqual([]);
    const input = [{ type: "message", content: [{ type: "input_file" }, { type: "input_image" }] }];
    expect(readRequest(responses, { input }).featuresOffered).toEqual(["file_upload", "input_modalities"]);
    expect(readRequest(chat, { response_format: { type: "json_schema" } }).featuresOffered).toEqual([
      "structured_outputs",
    ]);
    expect(readRequest(responses, { text: { format: { type: "json_schema" } } }).featuresOffered).toEqual([
      "structured_outputs",
    ]);
    expect(readRequest(chat, { web_search_options: {} }).featuresOffered).toEqual(["web_search"]);
    expect(readRequest(chat, { service_tier: "scale" }).featuresOffered).toEqual(["scale_tier"]);
  });

  it("sees tracing where realtime sessions ask for it, and their model", () => {
    const realtime = operation("realtime.client_secrets.create", "/v1/realtime");
    const reading = readRequest(realtime, { session: { model: "gpt-realtime-2", tracing: "auto" } });
    expect(reading).toMatchObject({ model: "gpt-realtime-2", featuresOffered: ["realtime_tracing"] });
  });

  it("keeps no free text: a model name with blanks or of any length is none", () => {
    for (const model of ["my secret plan", "x".repeat(201), "", "a\u0000b", 7]) {
      expect(readRequest(chat, { model }).model).toBeNull();
    }
  });

  it("never throws, whatever was sent", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readRequest(chat, json);
        readRequest(responses, { tools: json, input: json, messages: json, session: json, text: json });
      }),
    );
    for (const odd of [undefined, null, 3, "x", [], () => {}])
      expect(readRequest(chat, odd).model).toBeNull();
  });
});
