import { asArray, field } from "../../../core/calls/json-fields.ts";
import {
  type ApiCall,
  deleted,
  found,
  give,
  giveList,
  type Handlers,
  metadataOf,
  nowSeconds,
  shown,
  simulatedText,
} from "./api-call.ts";
import { stateByAge } from "./files.ts";
import type { StoredObject } from "./project-store.ts";

/** What was answered and is kept: chat completions that asked for it, responses that did not ask against it. */
export const storedTextHandlers: Handlers = {
  "chat.completions.list": (call) => {
    const model = call.query.get("model");
    giveList(
      call,
      call.store
        .list("chat_completion")
        .filter((each) => model === null || each.model === model)
        .map(shown),
    );
  },
  "chat.completions.retrieve": (call) => withShown(call, "chat_completion"),
  "chat.completions.update": (call) => {
    const changed = call.store.change("chat_completion", call.ids[0] ?? "", {
      metadata: metadataOf(call.body),
    });
    if (changed) give(call, shown(changed));
    else found(call, "chat_completion", call.ids[0]);
  },
  "chat.completions.delete": (call) =>
    deleted(call, "chat_completion", "chat.completion.deleted", call.ids[0]),
  "chat.completions.messages.list": (call) => {
    const completion = found(call, "chat_completion", call.ids[0]);
    if (!completion) return;
    const messages = asArray(completion.sim_messages).map((message, i) => ({
      id: `${completion.id}-${i}`,
      content_parts: null,
      ...(message as object),
    }));
    giveList(call, messages, false);
  },
  "responses.retrieve": (call) => {
    const response = found(call, "response", call.ids[0]);
    if (response) give(call, responseNow(call, response));
  },
  "responses.cancel": (call) => {
    const response = found(call, "response", call.ids[0]);
    if (!response) return;
    const cancelled = call.store.change("response", response.id, {
      status: "cancelled",
      sim_made_at: undefined,
    });
    if (cancelled) give(call, shown(cancelled));
  },
  "responses.delete": (call) => deleted(call, "response", "response", call.ids[0]),
  "responses.input_items.list": (call) => {
    const response = found(call, "response", call.ids[0]);
    if (!response) return;
    const input = response.sim_input;
    const items =
      typeof input === "string"
        ? [{ role: "user", content: [{ type: "input_text", text: input }] }]
        : asArray(input);
    giveList(
      call,
      items.map((item, i) => ({
        id: `msg_${response.id.slice(5)}${i}`,
        type: "message",
        status: "completed",
        ...(item as object),
      })),
    );
  },
  "responses.input_tokens.count": (call) =>
    give(call, { object: "response.input_tokens", input_tokens: tokensIn(call.body.input) }),
  "responses.compact": (call) =>
    give(call, {
      id: call.store.newId("resp_"),
      object: "response.compaction",
      created_at: nowSeconds(),
      output: [{ id: call.store.newId("cmp_"), type: "compaction", encrypted_content: "c2ltdWxhdGVk" }],
      usage: usageOf(call.body.input, 8),
    }),
};

/** `background: true`: queued at once, completed a little later; to be asked for. */
export function answerInBackground(call: ApiCall): void {
  const { model, input, metadata, tools } = call.body;
  const response = call.store.put("response", {
    id: call.store.newId("resp_"),
    object: "response",
    created_at: nowSeconds(),
    status: "queued",
    background: true,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: metadata ?? {},
    model,
    output: [],
    parallel_tool_calls: true,
    store: true,
    temperature: 1,
    text: { format: { type: "text" } },
    tool_choice: "auto",
    tools: tools ?? [],
    top_p: 1,
    usage: null,
    sim_made_at: Date.now(),
    sim_input: input,
    sim_slow: call.betweenMs > 0,
  });
  give(call, responseNow(call, response));
}

function responseNow(call: ApiCall, response: StoredObject): Record<string, unknown> {
  if (response.status !== "queued") return shown(response);
  const slow = response.sim_slow === true ? 20 : 1;
  const status = stateByAge(response, [
    [0, "queued"],
    [30 * slow, "in_progress"],
    [120 * slow, "completed"],
  ]);
  if (status !== "completed") return shown({ ...response, status });
  const done = call.store.change("response", response.id, {
    status,
    output: [messageItem(call.store.newId("msg_"))],
    usage: usageOf(response.sim_input, 12),
  });
  return shown(done ?? response);
}

export function messageItem(id: string, text = simulatedText) {
  return {
    id,
    type: "message",
    status: "completed",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
  };
}

/** What the library answered, to be kept under its id. `request`: what was asked. */
export function keepAnswer(call: Pick<ApiCall, "store" | "body">, answered: unknown): void {
  const id = field(answered, "id");
  const type = field(answered, "object");
  if (typeof id !== "string" || typeof answered !== "object" || answered === null) return;
  if (type === "response" && call.body.store !== false)
    call.store.put("response", { ...answered, id, store: true, sim_input: call.body.input });
  if (type === "chat.completion" && call.body.store === true)
    call.store.put("chat_completion", {
      ...answered,
      id,
      metadata: metadataOf(call.body),
      sim_messages: call.body.messages,
    });
}

function withShown(call: ApiCall, kind: string): void {
  const object = found(call, kind, call.ids[0]);
  if (object) give(call, shown(object));
}

export function tokensIn(input: unknown): number {
  return Math.max(1, Math.ceil((JSON.stringify(input ?? "") ?? "").length / 4));
}

export function usageOf(input: unknown, outputTokens: number) {
  const inputTokens = tokensIn(input);
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
