import type { WebSocket } from "ws";
import { field, type JsonObject } from "../../../core/calls/json-fields.ts";
import { newId, readEvent } from "./session-events.ts";

const words = ["This ", "answer ", "is ", "simulated."];

/**
 * One session of responses (OpenAI, WebSocket mode, read 2026-11-30): `response.create` is answered by the events of a
 * streamed response, in its lane. `sim-stream-cut` breaks off after its first word. `answering`: the model that answers for
 * one that was asked for; null: there is none.
 */
export function runResponsesSession(client: WebSocket, answering: (model: string) => string | null): void {
  const respond = (asked: JsonObject): void => {
    let sequence = 0;
    const lane = typeof asked.stream_id === "string" ? { stream_id: asked.stream_id } : {};
    const send = (type: string, members: object, sent?: () => void): void =>
      client.send(JSON.stringify({ type, sequence_number: sequence++, ...lane, ...members }), sent);
    const wanted = typeof asked.model === "string" ? asked.model : null;
    const model = wanted === null ? null : answering(wanted);
    if (model === null) {
      const error = { type: "invalid_request_error", code: "model_not_found", param: "model" };
      send("error", { status: 400, error: { ...error, message: "The requested model does not exist." } });
      return;
    }
    const id = newId("resp");
    const item = { id: newId("msg"), type: "message", role: "assistant" };
    const response = {
      ...{ id, object: "response", created_at: Math.floor(Date.now() / 1000), model, error: null },
      ...{ incomplete_details: null, store: asked.store !== false, service_tier: "default" },
      previous_response_id: asked.previous_response_id ?? null,
    };
    send("response.created", { response: { ...response, status: "in_progress", output: [], usage: null } });
    const place = { item_id: item.id, output_index: 0, content_index: 0 };
    if (wanted === "sim-stream-cut") {
      send("response.output_text.delta", { ...place, delta: words[0] }, () => client.terminate());
      return;
    }
    for (const delta of words) send("response.output_text.delta", { ...place, delta });
    const content = [{ type: "output_text", text: words.join(""), annotations: [] }];
    const input = 8 + Math.ceil(JSON.stringify(asked.input ?? "").length / 4);
    send("response.completed", {
      response: {
        ...response,
        status: "completed",
        output: [{ ...item, status: "completed", content }],
        usage: {
          input_tokens: input,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: words.length,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: input + words.length,
        },
      },
    });
  };
  client.on("message", (data: Buffer, isBinary: boolean) => {
    const event = isBinary ? null : readEvent(data);
    if (field(event, "type") === "response.create" && event !== null) respond(event);
    else {
      const error = { type: "invalid_request_error", code: "invalid_event", param: null };
      client.send(JSON.stringify({ type: "error", error: { ...error, message: "Invalid event." } }));
    }
  });
  client.on("error", () => client.terminate());
}
