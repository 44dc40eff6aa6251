import { asArray, field } from "../../../core/calls/json-fields.ts";
import {
  type ApiCall,
  ageMs,
  found,
  give,
  giveList,
  type Handlers,
  metadataOf,
  nowSeconds,
  type ServerEvent,
  shown,
  simulatedText,
  stream,
} from "./api-call.ts";
import { handlersOf } from "./noun.ts";
import type { StoredObject } from "./project-store.ts";

/** The Assistants API, which OpenAI ended on 2026-08-26: kept so that what still calls it can be seen. */
const assistants = handlersOf({
  kind: "assistant",
  object: "assistant",
  idPrefix: "asst_",
  deletedObject: "assistant.deleted",
  make: ({ body }) => ({
    name: body.name ?? null,
    description: null,
    model: body.model,
    instructions: body.instructions ?? null,
    tools: body.tools ?? [],
    tool_resources: {},
    temperature: 1,
    top_p: 1,
    response_format: "auto",
  }),
});

const threads = handlersOf({
  kind: "thread",
  object: "thread",
  idPrefix: "thread_",
  deletedObject: "thread.deleted",
  make: () => ({ tool_resources: {} }),
});

export const assistantHandlers: Handlers = {
  "assistants.create": assistants.create,
  "assistants.list": assistants.list,
  "assistants.retrieve": assistants.retrieve,
  "assistants.update": assistants.update,
  "assistants.delete": assistants.remove,
  "threads.create": (call) => give(call, shown(newThread(call, call.body))),
  "threads.retrieve": threads.retrieve,
  "threads.update": threads.update,
  "threads.delete": threads.remove,
  "threads.messages.create": (call) => {
    if (!found(call, "thread", call.ids[0])) return;
    const { role, content } = call.body;
    give(call, addMessage(call, call.ids[0] ?? "", role, content, null));
  },
  "threads.messages.list": (call) =>
    giveList(
      call,
      call.store.list("message").filter((message) => message.thread_id === call.ids[0]),
    ),
  "threads.messages.retrieve": (call) => {
    const message = found(call, "message", call.ids[1]);
    if (message) give(call, message);
  },
  "threads.messages.update": (call) => {
    const message = call.store.change("message", call.ids[1] ?? "", { metadata: metadataOf(call.body) });
    if (message) give(call, message);
    else found(call, "message", call.ids[1]);
  },
  "threads.messages.delete": (call) => {
    if (!found(call, "message", call.ids[1])) return;
    call.store.remove("message", call.ids[1] ?? "");
    give(call, { id: call.ids[1], object: "thread.message.deleted", deleted: true });
  },
  "threads.runs.create": (call) => {
    if (found(call, "thread", call.ids[0])) return startRun(call, call.ids[0] ?? "");
  },
  "threads.create_and_run": (call) => {
    const given = field(call.body, "thread");
    return startRun(call, newThread(call, typeof given === "object" && given !== null ? given : {}).id);
  },
  "threads.runs.list": (call) =>
    giveList(
      call,
      call.store
        .list("run")
        .filter((run) => run.thread_id === call.ids[0])
        .map((run) => runNow(call, run)),
    ),
  "threads.runs.retrieve": (call) => withRun(call, (run) => give(call, runNow(call, run))),
  "threads.runs.update": (call) =>
    withRun(call, (run) => {
      const changed = call.store.change("run", run.id, { metadata: metadataOf(call.body) });
      if (changed) give(call, runNow(call, changed));
    }),
  "threads.runs.cancel": (call) =>
    withRun(call, (run) => {
      const changed = call.store.change("run", run.id, { sim_ended: "cancelled" });
      if (changed) give(call, runNow(call, changed));
    }),
  "threads.runs.submit_tool_outputs": (call) => withRun(call, (run) => give(call, runNow(call, run))),
  "threads.runs.steps.list": (call) => withRun(call, (run) => giveList(call, [stepOf(run)])),
  "threads.runs.steps.retrieve": (call) => withRun(call, (run) => give(call, stepOf(run))),
};

function newThread(call: ApiCall, given: object): StoredObject {
  const thread = call.store.put("thread", {
    id: call.store.newId("thread_"),
    object: "thread",
    created_at: nowSeconds(),
    metadata: metadataOf(given as Record<string, unknown>),
    tool_resources: {},
  });
  for (const message of asArray(field(given, "messages")))
    addMessage(call, thread.id, field(message, "role"), field(message, "content"), null);
  return thread;
}

function addMessage(call: ApiCall, thread: string, role: unknown, content: unknown, run: string | null) {
  const text = typeof content === "string" ? content : simulatedText;
  return call.store.put("message", {
    id: call.store.newId("msg_"),
    object: "thread.message",
    created_at: nowSeconds(),
    thread_id: thread,
    role: role === "assistant" ? "assistant" : "user",
    content: [{ type: "text", text: { value: text, annotations: [] } }],
    status: "completed",
    assistant_id: null,
    run_id: run,
    attachments: [],
    metadata: {},
  });
}

async function startRun(call: ApiCall, thread: string): Promise<void> {
  const assistant = found(call, "assistant", String(call.body.assistant_id));
  if (!assistant) return;
  const run = call.store.put("run", {
    id: call.store.newId("run_"),
    object: "thread.run",
    created_at: nowSeconds(),
    thread_id: thread,
    assistant_id: assistant.id,
    model: call.body.model ?? assistant.model,
    instructions: assistant.instructions,
    tools: assistant.tools,
    status: "queued",
    required_action: null,
    last_error: null,
    expires_at: nowSeconds() + 600,
    usage: null,
    metadata: metadataOf(call.body),
    sim_made_at: Date.now(),
    sim_slow: call.betweenMs > 0,
  });
  if (call.body.stream !== true) return give(call, runNow(call, run));
  const message = addMessage(call, thread, "assistant", simulatedText, run.id);
  const queued = shown({ ...run, status: "queued" });
  const done = shown(complete(call, run));
  const delta = {
    id: message.id,
    object: "thread.message.delta",
    delta: { content: [{ index: 0, type: "text", text: { value: simulatedText } }] },
  };
  const events: ServerEvent[] = [
    { event: "thread.run.created", data: queued },
    { event: "thread.run.in_progress", data: { ...queued, status: "in_progress" } },
    { event: "thread.message.delta", data: delta },
    { event: "thread.message.completed", data: message },
    { event: "thread.run.completed", data: done },
  ];
  // The last event of this surface has a name of its own.
  await stream(call, events, { done: true });
}

function withRun(call: ApiCall, then: (run: StoredObject) => void): void {
  const run = found(call, "run", call.ids[1]);
  if (run) then(run);
}

function runNow(call: ApiCall, run: StoredObject) {
  if (typeof run.sim_ended === "string") return shown({ ...run, status: run.sim_ended });
  const doneAfterMs = run.sim_slow === true ? 2_000 : 100;
  if (ageMs(run) < doneAfterMs) return shown({ ...run, status: "in_progress" });
  addMessage(call, String(run.thread_id), "assistant", simulatedText, run.id);
  return shown(complete(call, run));
}

function complete(call: ApiCall, run: StoredObject): StoredObject {
  const usage = { prompt_tokens: 20, completion_tokens: 12, total_tokens: 32 };
  const done = { status: "completed", sim_ended: "completed", completed_at: nowSeconds(), usage };
  return call.store.change("run", run.id, done) ?? run;
}

function stepOf(run: StoredObject) {
  return {
    id: `step_${run.id.slice(4)}`,
    object: "thread.run.step",
    created_at: run.created_at,
    run_id: run.id,
    assistant_id: run.assistant_id,
    thread_id: run.thread_id,
    type: "message_creation",
    status: "completed",
    step_details: { type: "message_creation", message_creation: { message_id: "msg_simulated" } },
    usage: run.usage,
  };
}
