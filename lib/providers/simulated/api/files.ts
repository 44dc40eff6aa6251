import {
  ageMs,
  bytes,
  deleted,
  found,
  give,
  giveList,
  type Handlers,
  nowSeconds,
  refuse,
  shown,
} from "./api-call.ts";
import type { ProjectStore, StoredObject } from "./project-store.ts";

/** A file of the project, with what it holds where that is kept. */
export function addFile(
  store: ProjectStore,
  file: {
    readonly name: string;
    readonly purpose: string;
    readonly bytes: number;
    readonly content: Buffer | null;
  },
): StoredObject {
  const id = store.newId("file-");
  if (file.content) store.keepContent(id, file.content);
  return store.put("file", {
    id,
    object: "file",
    bytes: file.bytes,
    created_at: nowSeconds(),
    expires_at: null,
    filename: file.name,
    purpose: file.purpose,
    status: "processed",
    status_details: null,
  });
}

export const fileHandlers: Handlers = {
  "files.create": (call) => {
    const [file] = call.form?.files ?? [];
    const purpose = call.body.purpose;
    if (!file) return refuse(call, 400, "'file' is a required property");
    if (typeof purpose !== "string") return refuse(call, 400, "'purpose' is a required property");
    give(call, addFile(call.store, { name: file.name, purpose, bytes: file.bytes, content: file.content }));
  },
  "files.list": (call) => {
    const purpose = call.query.get("purpose");
    giveList(
      call,
      call.store.list("file").filter((file) => purpose === null || file.purpose === purpose),
    );
  },
  "files.retrieve": (call) => {
    const file = found(call, "file", call.ids[0]);
    if (file) give(call, file);
  },
  "files.delete": (call) => deleted(call, "file", "file", call.ids[0]),
  "files.content": (call) => {
    const file = found(call, "file", call.ids[0]);
    if (!file) return;
    const content = call.store.contentOf(file.id);
    if (content === null)
      return refuse(call, 400, "This file is too large for the simulated provider to keep.");
    bytes(call, content, "application/octet-stream");
  },
  "uploads.create": (call) => {
    const { filename, purpose, bytes: size, mime_type } = call.body;
    if (typeof filename !== "string" || typeof purpose !== "string" || typeof size !== "number")
      return refuse(call, 400, "'filename', 'purpose' and 'bytes' are required properties");
    const upload = call.store.put("upload", {
      id: call.store.newId("upload_"),
      object: "upload",
      bytes: size,
      created_at: nowSeconds(),
      filename,
      purpose,
      mime_type,
      status: "pending",
      expires_at: nowSeconds() + 3_600,
      sim_made_at: Date.now(),
    });
    give(call, shown(upload));
  },
  "uploads.parts.create": (call) => {
    const upload = found(call, "upload", call.ids[0]);
    const [data] = call.form?.files ?? [];
    if (!upload) return;
    if (!data || upload.status !== "pending") return refuse(call, 400, "The upload takes no part like this.");
    const part = call.store.put("upload_part", {
      id: call.store.newId("part_"),
      object: "upload.part",
      created_at: nowSeconds(),
      upload_id: upload.id,
      sim_bytes: data.bytes,
    });
    if (data.content) call.store.keepContent(part.id, data.content);
    give(call, shown(part));
  },
  "uploads.complete": (call) => {
    const upload = found(call, "upload", call.ids[0]);
    if (!upload) return;
    const ids = Array.isArray(call.body.part_ids) ? call.body.part_ids.map(String) : [];
    const parts = ids.map((id) => call.store.get("upload_part", id));
    const sum = parts.reduce((total, part) => total + Number(part?.sim_bytes ?? 0), 0);
    if (parts.includes(null) || sum !== upload.bytes)
      return refuse(call, 400, "The parts do not add up to the upload.");
    const contents = ids.map((id) => call.store.contentOf(id));
    const whole = contents.some((content) => content === null)
      ? null
      : Buffer.concat(contents.filter((content) => content !== null));
    const file = addFile(call.store, {
      name: String(upload.filename),
      purpose: String(upload.purpose),
      bytes: sum,
      content: whole,
    });
    const done = call.store.change("upload", upload.id, { status: "completed", file });
    give(call, done && shown(done));
  },
  "uploads.cancel": (call) => {
    const upload = found(call, "upload", call.ids[0]);
    if (!upload) return;
    const cancelled = call.store.change("upload", upload.id, { status: "cancelled" });
    give(call, cancelled && shown(cancelled));
  },
};

/** Which of several states an object is in, by its age: the last whose time has come. */
export function stateByAge<State extends string>(
  object: StoredObject,
  states: readonly (readonly [fromMs: number, state: State])[],
): State {
  const age = ageMs(object);
  const reached = states.filter(([fromMs]) => age >= fromMs).at(-1) ?? states[0];
  if (reached === undefined) throw new Error("An object without states.");
  return reached[1];
}
