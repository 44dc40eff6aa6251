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
  it("keeps a hundred features at most; with more, what the tools are is not known, and nothing else is lost", () => {
    const tools = Array.from({ length: 20_000 }, (_, at) => ({ type: `tool_${at}` }));
    const input = [{ role: "user", content: [{ type: "input_image", image_url: "x" }] }];
    const json = { service_tier: "scale", input, tools, text: { format: { type: "json_schema" } } };
    const reading = readRequest(responses, json);
    expect(reading.featuresOffered).toHaveLength(100);
    expect(reading.featuresOffered).toEqual(
      expect.arrayContaining(["input_modalities", "scale_tier", "structured_outputs"]),
    );
    expect(reading.unreadable).toEqual(["tools"]);
    const nested = readRequest(responses, { tools: [{ type: "namespace", tools }] });
    expect(nested.featuresOffered).toHaveLength(100);
    expect(nested.unreadable).toEqual(["tools"]);
    const same = tools.map(() => ({ type: "web_search" }));
    expect(readRequest(responses, { tools: [...tools.slice(0, 99), ...same] }).unreadable).toEqual([]);
  });

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
      toolHosts: [],
      unreadable: [],
      storedStateRefs: [],
      objectsUsed: [],
    });
  });

  it("names whom the tools send to, without path, query or password, and no more than twenty", () => {
    const tools = [
      { type: "mcp", server_label: "a", server_url: "https://u:secret@Mcp.Example:8443/private?token=1" },
      { type: "mcp", server_label: "b", connector_id: "connector_dropbox" },
      { type: "mcp", server_label: "c", server_url: "no address" },
      { type: "namespace", tools: [{ type: "mcp", server_url: "https://inner.example/sse" }] },
      { type: "function", name: "f" },
    ];
    expect(readRequest(responses, { tools }).toolHosts).toEqual([
      "connector_dropbox",
      "inner.example",
      "mcp.example",
    ]);
    const many = Array.from({ length: 30 }, (_, at) => ({
      type: "mcp",
      server_url: `https://h${at}.example`,
    }));
    expect(readRequest(responses, { tools: many }).toolHosts).toHaveLength(20);
    expect(readRequest(chat, { session: { tools: [tools[1]] } }).toolHosts).toEqual(["connector_dropbox"]);
  });

  it.each([undefined, null])("takes store: %s for not said", (store) => {
    const reading = readRequest(chat, { model: "gpt-4o", store });
    expect(reading).toMatchObject({ store: { said: false }, unreadable: [] });
  });

  it.each([
    [{ store: "true" }, ["store"]],
    [{ store: 0 }, ["store"]],
    [{ background: "true" }, ["background"]],
    [{ background: {} }, ["background"]],
    [{ model: "gpt-4o\u0000" }, ["model"]],
    [{ model: "x".repeat(201) }, ["model"]],
    [{ model: 7 }, ["model"]],
    [{ session: { model: ["gpt-realtime-2"] } }, ["model"]],
    [{ service_tier: "fast mode" }, ["service_tier"]],
    [{ service_tier: 1 }, ["service_tier"]],
    [{ tools: { type: "mcp" } }, ["tools"]],
    [{ tools: [{ type: "mcp\u0000" }] }, ["tools"]],
    [{ tools: [{ type: "namespace", tools: ["mcp"] }] }, ["tools"]],
    [{ tools: null, model: null, service_tier: null, background: null }, []],
  ])("names the fields of %j that it cannot read: %j", (body, names) => {
    expect(readRequest(responses, body).unreadable).toEqual(names);
  });

  it.each([
    [{ conversation: "conv_1" }, ["conversation"]],
    [{ conversation: { id: "conv_1" } }, ["conversation"]],
    [{ previous_response_id: "resp_1" }, ["previous_response_id"]],
    [{ prompt: { id: "pmpt_1" } }, ["prompt"]],
    [
      { prompt: { id: "pmpt_1", variables: { f: { type: "input_file", file_id: "file-1" } } } },
      ["file_id", "prompt"],
    ],
    [{ input: [{ type: "item_reference", id: "msg_1" }] }, ["item_reference"]],
    [{ input: [{ id: "msg_1" }] }, ["item_reference"]],
    [{ input: [{ role: "user", content: [{ type: "input_image", file_id: "file-1" }] }] }, ["file_id"]],
    [
      { input: [{ type: "function_call_output", output: [{ type: "input_file", file_id: "file-1" }] }] },
      ["file_id"],
    ],
    [{ messages: [{ role: "user", content: [{ type: "file", file: { file_id: "file-1" } }] }] }, ["file_id"]],
    [{ tools: [{ type: "file_search", vector_store_ids: ["vs_1"] }] }, ["vector_store_ids"]],
    [{ tools: [{ type: "code_interpreter", container: "cntr_1" }] }, ["container"]],
    [
      { tools: [{ type: "code_interpreter", container: { type: "auto", file_ids: ["file-1"] } }] },
      ["file_ids"],
    ],
    [{ tools: [{ type: "code_interpreter", container: { type: "auto" } }], prompt: "Hello" }, []],
    [{ input: [{ type: "message", id: "msg_1", role: "assistant", content: [] }], conversation: null }, []],
    [{ input: [{ type: "input_image", image_url: "data:image/png;base64,AA" }] }, []],
  ])("names what of the provider's store %j uses: %j", (body, names) => {
    const reading = readRequest(responses, { ...body, store: false });
    expect(reading.storedStateRefs).toEqual(names);
    expect(JSON.stringify({ ...reading, objectsUsed: [] })).not.toMatch(/_1|file-1/);
  });

  it("sees a file however deep the request nests it", () => {
    const file = { type: "input_file", file_data: "data:application/pdf;base64,AA" };
    const output = [{ type: "function_call_output", call_id: "c", output: [file] }];
    expect(readRequest(responses, { input: output }).featuresOffered).toEqual(["inline_file"]);
    const message = [{ role: "user", content: [{ type: "tool_result", content: [{ content: [file] }] }] }];
    expect(readRequest(responses, { input: message }).featuresOffered).toEqual(["inline_file"]);
  });

  it.each([
    [{ type: "input_file", file_data: "data:application/pdf;base64,AA", filename: "a.pdf" }, "inline_file"],
    [{ type: "file", file: { file_data: "AA", filename: "a.pdf" } }, "inline_file"],
    [{ type: "input_file", file_id: "file-1" }, "file_upload"],
    [{ type: "input_file", file_url: "https://x.example/a.pdf" }, "file_upload"],
    [{ type: "input_file", file_data: "AA", file_id: "file-1" }, "file_upload"],
    [{ type: "file", file: { file_data: "AA", file_id: "file-1" } }, "file_upload"],
    [{ type: "input_file", file_data: 7 }, "file_upload"],
    [{ type: "input_file" }, "file_upload"],
  ])("tells a file inside the request from one that is kept or fetched: %j is %s", (part, feature) => {
    const input = [{ role: "user", content: [part] }];
    expect(readRequest(responses, { input }).featuresOffered).toEqual([feature]);
  });

  it.each([
    ["24h", ["extended_prompt_caching"]],
    ["7d", ["extended_prompt_caching"]],
    ["in_memory", []],
    ["in-memory", []],
    [null, []],
  ])("reads how long the prompt is cached: %j", (prompt_cache_retention, features) => {
    for (const of of [chat, responses]) {
      const reading = readRequest(of, { prompt_cache_retention });
      expect(reading).toMatchObject({ featuresOffered: features, unreadable: [] });
    }
    expect(readRequest(chat, { prompt_cache_retention: 24 })).toMatchObject({
      featuresOffered: [],
      unreadable: ["prompt_cache_retention"],
    });
  });

  it("knows options with a lifetime as caching beyond memory, which is all that their models do", () => {
    for (const options of [{ ttl: "12h" }, { mode: "explicit" }])
      expect(readRequest(responses, { prompt_cache_options: options }).featuresOffered).toEqual([
        "extended_prompt_caching",
      ]);
    expect(readRequest(responses, { prompt_cache_options: null }).featuresOffered).toEqual([]);
  });

  it.each(["additional_tools", "tool_search_output"])("counts tools that an input item adds: %s", (type) => {
    const tools = [
      { type: "mcp", server_url: "https://crm.example/mcp" },
      { type: "file_search", vector_store_ids: ["vs_1"] },
    ];
    const input = [
      { role: "user", content: "Hello" },
      { type, role: "developer", tools },
    ];
    expect(readRequest(responses, { input })).toMatchObject({
      featuresOffered: ["file_search", "mcp"],
      toolHosts: ["crm.example"],
      storedStateRefs: ["vector_store_ids"],
      objectsUsed: [{ kind: "vector_store", id: "vs_1" }],
      unreadable: [],
    });
    expect(readRequest(responses, { input: [{ type, tools: { type: "mcp" } }] }).unreadable).toEqual([
      "tools",
    ]);
    expect(readRequest(responses, { input: [{ type, tools: [{ type: 3 }] }] }).unreadable).toEqual(["tools"]);
  });

  it.each(["session", "agent"])("counts the model and tools of the %s that a request describes", (name) => {
    const transport = { type: "http", server_url: "https://crm.example/mcp" };
    const described = { model: "gpt-6-sol", tools: [{ type: "mcp", transport }, { type: "web_search" }] };
    expect(readRequest(responses, { [name]: described })).toMatchObject({
      model: "gpt-6-sol",
      featuresOffered: ["mcp", "web_search"],
      toolHosts: ["crm.example"],
    });
    expect(readRequest(responses, { [name]: { model: 7 } })).toMatchObject({ unreadable: ["model"] });
  });

  it("tells a shell of the caller's own from one in a container of the provider, which is a stored object", () => {
    const shell = (environment: unknown) =>
      readRequest(responses, { tools: [{ type: "shell", environment }] });
    expect(shell({ type: "local" })).toMatchObject({ featuresOffered: [], storedStateRefs: [] });
    expect(shell({ type: "container_reference", container_id: "cntr_1" })).toMatchObject({
      featuresOffered: ["shell"],
      storedStateRefs: ["container"],
      objectsUsed: [{ kind: "container", id: "cntr_1" }],
    });
    const skills = [{ type: "skill_reference", skill_id: "skill_1" }];
    expect(shell({ type: "container_auto", file_ids: ["file-1"], skills })).toMatchObject({
      storedStateRefs: ["file_ids", "skill_id"],
      objectsUsed: [{ kind: "file", id: "file-1" }],
    });
    expect(shell(undefined).featuresOffered).toEqual(["shell"]);
  });

  it("says so where a request is nested deeper or wider than it looks", () => {
    let deep: unknown = { type: "input_file" };
    for (let i = 0; i < 40; i += 1) deep = { content: [deep] };
    expect(readRequest(responses, { input: [deep] }).unreadable).toEqual(["input"]);
    const wide = Array.from({ length: 200_001 }, () => ({}));
    expect(readRequest(responses, { input: wide }).unreadable).toEqual(["input"]);
  });

  it.each([
    [[{ type: "web_search_preview_2025_03_11" }], ["web_search"]],
    [
      [{ type: "file_search" }, { type: "code_interpreter" }],
      ["code_interpreter", "file_search"],
    ],
    [[{ type: "mcp", server_url: "https://crm.example/mcp" }], ["mcp"]],
    [[{ type: "image_generation" }], ["image_generation"]],
    // The provider runs the programs that the model writes.
    [[{ type: "programmatic_tool_calling" }], ["programmatic_tool_calling"]],
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

  it.each([
    { session: { type: "transcription", audio: { input: { transcription: { model: "t" } } } } },
    { audio: { input: { transcription: { model: "t" } } } },
    { input_audio_transcription: { model: "t" } },
  ])("takes the model of a session that only writes down what it hears: %j", (json) => {
    const realtime = operation("realtime.client_secrets.create", "/v1/realtime");
    expect(readRequest(realtime, json).model).toBe("t");
    const odd = JSON.parse(JSON.stringify(json).replace('"t"', "7")) as unknown;
    expect(readRequest(realtime, odd)).toMatchObject({ model: null, unreadable: ["model"] });
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
