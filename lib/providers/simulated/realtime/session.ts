import type { WebSocket } from "ws";
import { asObject, field, type JsonObject } from "../../../core/calls/json-fields.ts";
import { newId, readEvent } from "./session-events.ts";

const words = ["This ", "answer ", "is ", "simulated."];

/**
 * One realtime session, as far as its events go (OpenAI, Realtime API reference, read 2026-11): text in, text out. Sound is
 * taken and answered by nothing. What is no event is answered by an `error` event.
 */
export function runRealtimeSession(client: WebSocket, model: string): void {
  let session: JsonObject = {
    type: "realtime",
    object: "realtime.session",
    id: newId("sess"),
    model,
    output_modalities: ["text"],
    instructions: "",
    tools: [],
    tool_choice: "auto",
    tracing: null,
  };
  let heardChars = 0;
  const send = (type: string, members: object): void => {
    if (client.readyState === client.OPEN)
      client.send(JSON.stringify({ type, event_id: newId("event"), ...members }));
  };
  const fail = (code: string, message: string, eventId: unknown): void =>
    send("error", {
      error: { type: "invalid_request_error", code, message, param: null, event_id: eventId ?? null },
    });

  const handlers: Readonly<Record<string, (event: JsonObject) => void>> = {
    "session.update": (event) => {
      const asked = asObject(field(event, "session")) ?? {};
      if (typeof asked.model === "string" && asked.model !== model)
        return fail("cannot_update_model", "The model of a session cannot be changed.", event.event_id);
      session = { ...session, ...asked };
      send("session.updated", { session });
    },
    "conversation.item.create": (event) => {
      const item = { id: newId("item"), object: "realtime.item", ...asObject(field(event, "item")) };
      heardChars += JSON.stringify(field(event, "item") ?? {}).length;
      send("conversation.item.added", { previous_item_id: null, item });
      send("conversation.item.done", { previous_item_id: null, item });
    },
    "input_audio_buffer.append": () => undefined,
    "input_audio_buffer.commit": () =>
      send("input_audio_buffer.committed", { previous_item_id: null, item_id: newId("item") }),
    "response.create": () => respond(),
    "response.cancel": (event) =>
      fail("response_cancel_not_active", "Cancellation failed: no active response found", event.event_id),
  };

  const respond = (): void => {
    const response = { id: newId("resp"), object: "realtime.response", output_modalities: ["text"] };
    const item = { id: newId("item"), object: "realtime.item", type: "message", role: "assistant" };
    const place = { response_id: response.id, item_id: item.id, output_index: 0, content_index: 0 };
    send("response.created", { response: { ...response, status: "in_progress", output: [], usage: null } });
    send("response.output_item.added", {
      response_id: response.id,
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    });
    for (const delta of words) send("response.output_text.delta", { ...place, delta });
    const text = words.join("");
    send("response.output_text.done", { ...place, text });
    const done = { ...item, status: "completed", content: [{ type: "output_text", text }] };
    send("response.output_item.done", { response_id: response.id, output_index: 0, item: done });
    const input = 8 + Math.ceil(heardChars / 4);
    send("response.done", {
      response: {
        ...response,
        status: "completed",
        status_details: null,
        output: [done],
        usage: {
          total_tokens: input + words.length,
          input_tokens: input,
          output_tokens: words.length,
          input_token_details: { text_tokens: input, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
          output_token_details: { text_tokens: words.length, audio_tokens: 0 },
        },
      },
    });
  };

  client.on("message", (data: Buffer, isBinary: boolean) => {
    const event = isBinary ? null : readEvent(data);
    const handler = event === null ? undefined : handlers[String(event.type)];
    if (event === null) fail("invalid_json", "The server could not parse the event.", null);
    else if (handler === undefined)
      fail("invalid_value", `Invalid value: '${String(event.type).slice(0, 60)}'.`, event.event_id);
    else handler(event);
  });
  client.on("error", () => client.terminate());
  send("session.created", { session });
  if (model === "sim-stream-cut") setTimeout(() => client.terminate(), 30);
}
