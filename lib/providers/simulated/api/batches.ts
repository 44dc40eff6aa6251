import { field } from "../../../core/calls/json-fields.ts";
import { countBatch } from "../organization/count-request.ts";
import {
  type ApiCall,
  found,
  give,
  giveList,
  type Handlers,
  metadataOf,
  nowSeconds,
  refuse,
  shown,
  simulatedText,
} from "./api-call.ts";
import { addFile, stateByAge } from "./files.ts";
import type { ProjectStore, StoredObject } from "./project-store.ts";

export const batchHandlers: Handlers = {
  "batches.create": (call) => {
    const { input_file_id, endpoint, completion_window } = call.body;
    const file = call.store.get("file", String(input_file_id));
    if (file === null) return refuse(call, 400, "The input file does not exist.", "invalid_input_file_id");
    if (file.purpose !== "batch") return refuse(call, 400, "The file's purpose is not batch.");
    if (typeof endpoint !== "string") return refuse(call, 400, "'endpoint' is a required property");
    const batch = call.store.put("batch", {
      id: call.store.newId("batch_"),
      object: "batch",
      endpoint,
      input_file_id: file.id,
      completion_window: completion_window ?? "24h",
      errors: null,
      created_at: nowSeconds(),
      expires_at: nowSeconds() + 86_400,
      metadata: metadataOf(call.body),
      sim_made_at: Date.now(),
      sim_slow: call.betweenMs > 0,
    });
    const { project, host } = call.exchange;
    if (project !== null && !host.resource)
      countBatch(call.journal, { project, region: host.region }, endpoint, linesOf(call.store, file.id));
    give(call, batchNow(call.store, batch));
  },
  "batches.list": (call) =>
    giveList(
      call,
      call.store.list("batch").map((batch) => batchNow(call.store, batch)),
    ),
  "batches.retrieve": (call) => withBatch(call, (batch) => give(call, batchNow(call.store, batch))),
  "batches.cancel": (call) =>
    withBatch(call, (batch) => {
      if (batchNow(call.store, batch).status === "completed")
        return refuse(call, 409, "The batch is completed and cannot be cancelled.");
      const cancelled = call.store.change("batch", batch.id, {
        sim_cancelled: true,
        cancelling_at: nowSeconds(),
        cancelled_at: nowSeconds(),
      });
      if (cancelled) give(call, batchNow(call.store, cancelled));
    }),
};

function withBatch(call: ApiCall, then: (batch: StoredObject) => void): void {
  const batch = found(call, "batch", call.ids[0]);
  if (batch) then(batch);
}

/** A batch as it stands: validating, in progress, finalizing and completed as time goes by. */
function batchNow(store: ProjectStore, batch: StoredObject): Record<string, unknown> {
  const slow = batch.sim_slow === true ? 40 : 1;
  const status = batch.sim_cancelled
    ? "cancelled"
    : stateByAge(batch, [
        [0, "validating"],
        [50 * slow, "in_progress"],
        [150 * slow, "finalizing"],
        [200 * slow, "completed"],
      ]);
  const lines = linesOf(store, String(batch.input_file_id));
  const done = status === "completed" || status === "finalizing";
  const finished = status === "completed" ? withOutput(store, batch, lines) : batch;
  return shown({
    ...finished,
    status,
    request_counts: { total: lines.length, completed: done ? lines.length : 0, failed: 0 },
  });
}

function linesOf(store: ProjectStore, fileId: string): unknown[] {
  const text = store.contentOf(fileId)?.toString("utf8") ?? "";
  return text.split("\n").flatMap((line) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}

/** The batch with its output file, which is made once. */
function withOutput(store: ProjectStore, batch: StoredObject, lines: readonly unknown[]): StoredObject {
  if (batch.output_file_id) return batch;
  const text = lines
    .map((line, i) =>
      JSON.stringify({
        id: `batch_req_${i}`,
        custom_id: field(line, "custom_id"),
        response: { status_code: 200, request_id: `req_${i}`, body: { note: simulatedText } },
        error: null,
      }),
    )
    .join("\n");
  const content = Buffer.from(`${text}\n`);
  const name = `${batch.id}_output.jsonl`;
  const file = addFile(store, { name, purpose: "batch_output", bytes: content.byteLength, content });
  const completed = { output_file_id: file.id, error_file_id: null, completed_at: nowSeconds() };
  return store.change("batch", batch.id, completed) ?? batch;
}
