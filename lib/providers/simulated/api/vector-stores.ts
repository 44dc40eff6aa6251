import {
  type ApiCall,
  found,
  give,
  giveList,
  type Handlers,
  nowSeconds,
  refuse,
  shown,
  simulatedText,
} from "./api-call.ts";
import { handlersOf } from "./noun.ts";
import type { StoredObject } from "./project-store.ts";

const counts = (completed: number) => ({
  in_progress: 0,
  completed,
  failed: 0,
  cancelled: 0,
  total: completed,
});

const stores = handlersOf({
  kind: "vector_store",
  object: "vector_store",
  idPrefix: "vs_",
  deletedObject: "vector_store.deleted",
  make: (call) => ({
    name: call.body.name ?? null,
    usage_bytes: 0,
    status: "completed",
    file_counts: counts(Array.isArray(call.body.file_ids) ? call.body.file_ids.length : 0),
    expires_after: call.body.expires_after ?? null,
    expires_at: null,
    last_active_at: nowSeconds(),
  }),
});

export const vectorStoreHandlers: Handlers = {
  "vector_stores.create": stores.create,
  "vector_stores.list": stores.list,
  "vector_stores.retrieve": stores.retrieve,
  "vector_stores.update": stores.update,
  "vector_stores.delete": stores.remove,
  "vector_stores.search": (call) =>
    withStore(call, (store) => {
      const files = filesOf(call, store.id);
      give(call, {
        object: "vector_store.search_results.page",
        search_query: [call.body.query].flat(),
        data: files.map((file) => ({
          file_id: file.sim_file_id,
          filename: "simulated",
          score: 0.5,
          attributes: {},
          content: [{ type: "text", text: simulatedText }],
        })),
        has_more: false,
        next_page: null,
      });
    }),
  "vector_stores.files.create": (call) =>
    withStore(call, (store) => {
      const fileId = String(call.body.file_id);
      if (call.store.get("file", fileId) === null)
        return refuse(call, 404, `No file found with id '${fileId}'.`);
      give(call, fileShown(addTo(call, store.id, fileId)));
    }),
  "vector_stores.files.list": (call) =>
    withStore(call, (store) => giveList(call, filesOf(call, store.id).map(fileShown))),
  "vector_stores.files.retrieve": (call) => withFile(call, (file) => give(call, fileShown(file))),
  "vector_stores.files.update": (call) =>
    withFile(call, (file) => {
      const changed = call.store.change("vector_store_file", file.id, {
        attributes: call.body.attributes ?? {},
      });
      if (changed) give(call, fileShown(changed));
    }),
  "vector_stores.files.delete": (call) =>
    withFile(call, (file) => {
      call.store.remove("vector_store_file", file.id);
      give(call, { id: file.sim_file_id, object: "vector_store.file.deleted", deleted: true });
    }),
  "vector_stores.files.content": (call) =>
    withFile(call, () =>
      give(call, {
        object: "vector_store.file_content.page",
        data: [{ type: "text", text: simulatedText }],
        has_more: false,
        next_page: null,
      }),
    ),
  "vector_stores.file_batches.create": (call) =>
    withStore(call, (store) => {
      const listed = Array.isArray(call.body.files)
        ? call.body.files.map((file: { file_id?: string }) => String(file.file_id))
        : [];
      const ids = Array.isArray(call.body.file_ids) ? call.body.file_ids.map(String) : listed;
      for (const id of ids) addTo(call, store.id, id);
      const batch = call.store.put("vector_store_file_batch", {
        id: call.store.newId("vsfb_"),
        object: "vector_store.files_batch",
        created_at: nowSeconds(),
        vector_store_id: store.id,
        status: "completed",
        file_counts: counts(ids.length),
        sim_file_ids: ids,
      });
      give(call, shown(batch));
    }),
  "vector_stores.file_batches.retrieve": (call) => withBatch(call, (batch) => give(call, shown(batch))),
  "vector_stores.file_batches.cancel": (call) =>
    withBatch(call, (batch) => give(call, { ...shown(batch), status: "cancelled" })),
  "vector_stores.file_batches.files": (call) =>
    withBatch(call, (batch) => {
      const ids = Array.isArray(batch.sim_file_ids) ? batch.sim_file_ids : [];
      giveList(
        call,
        filesOf(call, String(batch.vector_store_id))
          .filter((file) => ids.includes(file.sim_file_id))
          .map(fileShown),
      );
    }),
};

function withStore(call: ApiCall, then: (store: StoredObject) => void): void {
  const store = found(call, "vector_store", call.ids[0]);
  if (store) then(store);
}

function withBatch(call: ApiCall, then: (batch: StoredObject) => void): void {
  const batch = found(call, "vector_store_file_batch", call.ids[1]);
  if (batch) then(batch);
}

function withFile(call: ApiCall, then: (file: StoredObject) => void): void {
  const file = found(call, "vector_store_file", `${call.ids[0]} ${call.ids[1]}`);
  if (file) then(file);
}

function addTo(call: ApiCall, storeId: string, fileId: string): StoredObject {
  return call.store.put("vector_store_file", {
    id: `${storeId} ${fileId}`,
    object: "vector_store.file",
    created_at: nowSeconds(),
    usage_bytes: Number(call.store.get("file", fileId)?.bytes ?? 0),
    vector_store_id: storeId,
    status: "completed",
    last_error: null,
    attributes: call.body.attributes ?? {},
    chunking_strategy: { type: "static", static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 } },
    sim_file_id: fileId,
  });
}

function filesOf(call: ApiCall, storeId: string): StoredObject[] {
  return call.store.list("vector_store_file").filter((file) => file.vector_store_id === storeId);
}

function fileShown(file: StoredObject) {
  return { ...shown(file), id: file.sim_file_id };
}
