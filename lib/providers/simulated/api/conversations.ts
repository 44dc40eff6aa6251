import { asArray } from "../../../core/calls/json-fields.ts";
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
} from "./api-call.ts";
import { handlersOf } from "./noun.ts";

const conversations = handlersOf({
  kind: "conversation",
  object: "conversation",
  idPrefix: "conv_",
  deletedObject: "conversation.deleted",
  make: () => ({}),
});

const containers = handlersOf({
  kind: "container",
  object: "container",
  idPrefix: "cntr_",
  deletedObject: "container.deleted",
  make: (call) => ({
    name: call.body.name,
    status: "running",
    last_active_at: nowSeconds(),
    expires_after: call.body.expires_after ?? { anchor: "last_active_at", minutes: 20 },
    memory_limit: "1g",
  }),
});

const evals = handlersOf({
  kind: "eval",
  object: "eval",
  idPrefix: "eval_",
  deletedObject: "eval.deleted",
  make: (call) => ({
    name: call.body.name ?? null,
    data_source_config: call.body.data_source_config ?? {},
    testing_criteria: call.body.testing_criteria ?? [],
  }),
});

/** Conversations with their items, containers with their files, evals with their runs. */
export const conversationHandlers: Handlers = {
  "conversations.create": (call) => {
    const made = call.store.put("conversation", {
      id: call.store.newId("conv_"),
      object: "conversation",
      created_at: nowSeconds(),
      metadata: metadataOf(call.body),
    });
    addItems(call, made.id);
    give(call, made);
  },
  "conversations.retrieve": conversations.retrieve,
  "conversations.update": conversations.update,
  "conversations.delete": conversations.remove,
  "conversations.items.create": (call) => {
    if (!found(call, "conversation", call.ids[0])) return;
    giveList(call, addItems(call, call.ids[0] ?? ""), false);
  },
  "conversations.items.list": (call) => {
    if (!found(call, "conversation", call.ids[0])) return;
    giveList(
      call,
      call.store
        .list("item")
        .filter((item) => item.sim_conversation === call.ids[0])
        .map(shown),
    );
  },
  "conversations.items.retrieve": (call) => {
    const item = found(call, "item", call.ids[1]);
    if (item) give(call, shown(item));
  },
  "conversations.items.delete": (call) => {
    if (!found(call, "item", call.ids[1])) return;
    call.store.remove("item", call.ids[1] ?? "");
    const conversation = found(call, "conversation", call.ids[0]);
    if (conversation) give(call, shown(conversation));
  },

  "containers.create": containers.create,
  "containers.list": containers.list,
  "containers.retrieve": containers.retrieve,
  "containers.delete": containers.remove,
  "containers.files.create": (call) => {
    if (!found(call, "container", call.ids[0])) return;
    const [upload] = call.form?.files ?? [];
    const named = call.store.get("file", String(call.body.file_id));
    const file = call.store.put("container_file", {
      id: call.store.newId("cfile_"),
      object: "container.file",
      created_at: nowSeconds(),
      bytes: upload?.bytes ?? Number(named?.bytes ?? 0),
      container_id: call.ids[0],
      path: `/mnt/data/${upload?.name ?? String(named?.filename ?? "file")}`,
      source: "user",
    });
    if (upload?.content) call.store.keepContent(file.id, upload.content);
    give(call, file);
  },
  "containers.files.list": (call) =>
    giveList(
      call,
      call.store.list("container_file").filter((file) => file.container_id === call.ids[0]),
    ),
  "containers.files.retrieve": (call) => {
    const file = found(call, "container_file", call.ids[1]);
    if (file) give(call, file);
  },
  "containers.files.delete": (call) => deleted(call, "container_file", "container.file.deleted", call.ids[1]),
  "containers.files.content": (call) => {
    const content = call.store.contentOf(call.ids[1] ?? "");
    if (content === null) {
      found(call, "container_file", "none");
      return;
    }
    const { exchange } = call;
    exchange.response.writeHead(200, {
      "content-type": "application/binary",
      "content-length": content.byteLength,
    });
    exchange.response.end(content);
  },

  "evals.create": evals.create,
  "evals.list": evals.list,
  "evals.retrieve": evals.retrieve,
  "evals.update": evals.update,
  "evals.delete": (call) => {
    if (!found(call, "eval", call.ids[0])) return;
    call.store.remove("eval", call.ids[0] ?? "");
    give(call, { object: "eval.deleted", deleted: true, eval_id: call.ids[0] });
  },
  "evals.runs.create": (call) => {
    if (!found(call, "eval", call.ids[0])) return;
    const run = call.store.put("eval_run", {
      id: call.store.newId("evalrun_"),
      object: "eval.run",
      created_at: nowSeconds(),
      eval_id: call.ids[0],
      name: call.body.name ?? null,
      model: "gpt-5.5",
      status: "completed",
      data_source: call.body.data_source ?? {},
      result_counts: { total: 1, errored: 0, failed: 0, passed: 1 },
      per_model_usage: [],
      per_testing_criteria_results: [],
      report_url: "",
      error: null,
      metadata: metadataOf(call.body),
    });
    give(call, run);
  },
  "evals.runs.list": (call) =>
    giveList(
      call,
      call.store.list("eval_run").filter((run) => run.eval_id === call.ids[0]),
    ),
  "evals.runs.retrieve": (call) => {
    const run = found(call, "eval_run", call.ids[1]);
    if (run) give(call, run);
  },
  "evals.runs.cancel": (call) => {
    const run = call.store.change("eval_run", call.ids[1] ?? "", { status: "canceled" });
    if (run) give(call, run);
    else found(call, "eval_run", call.ids[1]);
  },
  "evals.runs.delete": (call) => {
    if (!found(call, "eval_run", call.ids[1])) return;
    call.store.remove("eval_run", call.ids[1] ?? "");
    give(call, { object: "eval.run.deleted", deleted: true, run_id: call.ids[1] });
  },
  "evals.runs.output_items.list": (call) => giveList(call, [outputItem(call)]),
  "evals.runs.output_items.retrieve": (call) => give(call, outputItem(call)),
};

function addItems(call: ApiCall, conversation: string) {
  return asArray(call.body.items).map((item) =>
    shown(
      call.store.put("item", {
        status: "completed",
        ...(item as object),
        id: call.store.newId("msg_"),
        sim_conversation: conversation,
      }),
    ),
  );
}

function outputItem(call: ApiCall) {
  return {
    id: call.ids[2] ?? "outputitem_1",
    object: "eval.run.output_item",
    created_at: nowSeconds(),
    run_id: call.ids[1],
    eval_id: call.ids[0],
    status: "pass",
    datasource_item_id: 0,
    datasource_item: {},
    results: [],
    sample: {},
  };
}
