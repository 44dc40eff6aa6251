/**
 * OpenAI's surface as its reference and Node SDK 7.57.0 name it (2026-11-13).
 *
 * Columns: method, path, operation, endpoint of the catalog (null: it has no row), and what travels:
 * `content` either way, or `meta`: lists, states and deletions of objects.
 */
export type OperationRow = readonly [
  method: "GET" | "POST" | "DELETE",
  path: string,
  id: string,
  endpoint: string | null,
  carries: "content" | "meta",
];

const chat = "/v1/chat/completions";
const responses = "/v1/responses";
const conversations = "/v1/conversations";
const items = "/v1/conversations/items";
const files = "/v1/files";
const fineTuning = "/v1/fine_tuning/jobs";
const vectorStores = "/v1/vector_stores";
const assistants = "/v1/assistants";
const threads = "/v1/threads";
const messages = "/v1/threads/messages";
const runs = "/v1/threads/runs";
const steps = "/v1/threads/runs/steps";
const evals = "/v1/evals";
const realtime = "/v1/realtime";
const live = "/v1/live/sessions";
const chatkit = "/v1/chatkit/threads";
const voices = "/v1/audio/voices";

export const operationRows: readonly OperationRow[] = [
  ["POST", "/v1/chat/completions", "chat.completions.create", chat, "content"],
  ["GET", "/v1/chat/completions", "chat.completions.list", chat, "content"],
  ["GET", "/v1/chat/completions/{id}", "chat.completions.retrieve", chat, "content"],
  ["POST", "/v1/chat/completions/{id}", "chat.completions.update", chat, "content"],
  ["DELETE", "/v1/chat/completions/{id}", "chat.completions.delete", chat, "meta"],
  ["GET", "/v1/chat/completions/{id}/messages", "chat.completions.messages.list", chat, "content"],

  ["POST", "/v1/responses", "responses.create", responses, "content"],
  ["POST", "/v1/responses/input_tokens", "responses.input_tokens.count", responses, "content"],
  ["POST", "/v1/responses/compact", "responses.compact", responses, "content"],
  ["GET", "/v1/responses/{id}", "responses.retrieve", responses, "content"],
  ["DELETE", "/v1/responses/{id}", "responses.delete", responses, "meta"],
  ["POST", "/v1/responses/{id}/cancel", "responses.cancel", responses, "content"],
  ["GET", "/v1/responses/{id}/input_items", "responses.input_items.list", responses, "content"],

  ["POST", "/v1/conversations", "conversations.create", conversations, "content"],
  ["GET", "/v1/conversations/{id}", "conversations.retrieve", conversations, "meta"],
  ["POST", "/v1/conversations/{id}", "conversations.update", conversations, "content"],
  ["DELETE", "/v1/conversations/{id}", "conversations.delete", conversations, "meta"],
  ["POST", "/v1/conversations/{id}/items", "conversations.items.create", items, "content"],
  ["GET", "/v1/conversations/{id}/items", "conversations.items.list", items, "content"],
  ["GET", "/v1/conversations/{id}/items/{item}", "conversations.items.retrieve", items, "content"],
  ["DELETE", "/v1/conversations/{id}/items/{item}", "conversations.items.delete", items, "meta"],

  ["POST", "/v1/embeddings", "embeddings.create", "/v1/embeddings", "content"],
  ["POST", "/v1/completions", "completions.create", "/v1/completions", "content"],
  ["POST", "/v1/moderations", "moderations.create", "/v1/moderations", "content"],
  ["POST", "/v1/decisions", "decisions.create", "/v1/decisions", "content"],

  ["GET", "/v1/models", "models.list", null, "meta"],
  ["GET", "/v1/models/{id}", "models.retrieve", null, "meta"],
  ["DELETE", "/v1/models/{id}", "models.delete", null, "meta"],

  ["POST", "/v1/images/generations", "images.generate", "/v1/images/generations", "content"],
  ["POST", "/v1/images/edits", "images.edit", "/v1/images/edits", "content"],
  ["POST", "/v1/images/variations", "images.create_variation", null, "content"],

  ["POST", "/v1/audio/speech", "audio.speech.create", "/v1/audio/speech", "content"],
  ["POST", "/v1/audio/transcriptions", "audio.transcriptions.create", "/v1/audio/transcriptions", "content"],
  ["POST", "/v1/audio/translations", "audio.translations.create", "/v1/audio/translations", "content"],
  ["POST", "/v1/audio/voices", "audio.voices.create", voices, "content"],
  ["GET", "/v1/audio/voices", "audio.voices.list", voices, "meta"],
  ["DELETE", "/v1/audio/voices/{id}", "audio.voices.delete", voices, "meta"],
  ["POST", "/v1/audio/voice_consents", "audio.voice_consents.create", null, "content"],
  ["POST", "/v1/audio/voice_consents/{id}", "audio.voice_consents.update", null, "content"],
  ["GET", "/v1/audio/voice_consents", "audio.voice_consents.list", null, "meta"],
  ["GET", "/v1/audio/voice_consents/{id}", "audio.voice_consents.retrieve", null, "meta"],
  ["DELETE", "/v1/audio/voice_consents/{id}", "audio.voice_consents.delete", null, "meta"],

  ["POST", "/v1/files", "files.create", files, "content"],
  ["GET", "/v1/files", "files.list", files, "meta"],
  ["GET", "/v1/files/{id}", "files.retrieve", files, "meta"],
  ["DELETE", "/v1/files/{id}", "files.delete", files, "meta"],
  ["GET", "/v1/files/{id}/content", "files.content", files, "content"],
  ["POST", "/v1/uploads", "uploads.create", null, "content"],
  ["POST", "/v1/uploads/{id}/parts", "uploads.parts.create", null, "content"],
  ["POST", "/v1/uploads/{id}/complete", "uploads.complete", null, "meta"],
  ["POST", "/v1/uploads/{id}/cancel", "uploads.cancel", null, "meta"],

  ["POST", "/v1/batches", "batches.create", "/v1/batches", "content"],
  ["GET", "/v1/batches", "batches.list", "/v1/batches", "meta"],
  ["GET", "/v1/batches/{id}", "batches.retrieve", "/v1/batches", "meta"],
  ["POST", "/v1/batches/{id}/cancel", "batches.cancel", "/v1/batches", "meta"],

  ["POST", "/v1/fine_tuning/jobs", "fine_tuning.jobs.create", fineTuning, "content"],
  ["GET", "/v1/fine_tuning/jobs", "fine_tuning.jobs.list", fineTuning, "meta"],
  ["GET", "/v1/fine_tuning/jobs/{id}", "fine_tuning.jobs.retrieve", fineTuning, "meta"],
  ["POST", "/v1/fine_tuning/jobs/{id}/cancel", "fine_tuning.jobs.cancel", fineTuning, "meta"],
  ["POST", "/v1/fine_tuning/jobs/{id}/pause", "fine_tuning.jobs.pause", fineTuning, "meta"],
  ["POST", "/v1/fine_tuning/jobs/{id}/resume", "fine_tuning.jobs.resume", fineTuning, "meta"],
  ["GET", "/v1/fine_tuning/jobs/{id}/events", "fine_tuning.jobs.list_events", fineTuning, "meta"],
  ["GET", "/v1/fine_tuning/jobs/{id}/checkpoints", "fine_tuning.checkpoints.list", fineTuning, "meta"],
  ["GET", "/v1/fine_tuning/checkpoints/{id}/permissions", "fine_tuning.permissions.list", null, "meta"],
  ["POST", "/v1/fine_tuning/checkpoints/{id}/permissions", "fine_tuning.permissions.create", null, "meta"],
  [
    "DELETE",
    "/v1/fine_tuning/checkpoints/{id}/permissions/{p}",
    "fine_tuning.permissions.delete",
    null,
    "meta",
  ],
  ["POST", "/v1/fine_tuning/alpha/graders/run", "fine_tuning.graders.run", null, "content"],
  ["POST", "/v1/fine_tuning/alpha/graders/validate", "fine_tuning.graders.validate", null, "content"],

  ["POST", "/v1/vector_stores", "vector_stores.create", vectorStores, "content"],
  ["GET", "/v1/vector_stores", "vector_stores.list", vectorStores, "meta"],
  ["GET", "/v1/vector_stores/{id}", "vector_stores.retrieve", vectorStores, "meta"],
  ["POST", "/v1/vector_stores/{id}", "vector_stores.update", vectorStores, "content"],
  ["DELETE", "/v1/vector_stores/{id}", "vector_stores.delete", vectorStores, "meta"],
  ["POST", "/v1/vector_stores/{id}/search", "vector_stores.search", vectorStores, "content"],
  ["POST", "/v1/vector_stores/{id}/files", "vector_stores.files.create", vectorStores, "content"],
  ["GET", "/v1/vector_stores/{id}/files", "vector_stores.files.list", vectorStores, "meta"],
  ["GET", "/v1/vector_stores/{id}/files/{file}", "vector_stores.files.retrieve", vectorStores, "meta"],
  ["POST", "/v1/vector_stores/{id}/files/{file}", "vector_stores.files.update", vectorStores, "content"],
  ["DELETE", "/v1/vector_stores/{id}/files/{file}", "vector_stores.files.delete", vectorStores, "meta"],
  [
    "GET",
    "/v1/vector_stores/{id}/files/{file}/content",
    "vector_stores.files.content",
    vectorStores,
    "content",
  ],
  [
    "POST",
    "/v1/vector_stores/{id}/file_batches",
    "vector_stores.file_batches.create",
    vectorStores,
    "content",
  ],
  [
    "GET",
    "/v1/vector_stores/{id}/file_batches/{b}",
    "vector_stores.file_batches.retrieve",
    vectorStores,
    "meta",
  ],
  [
    "GET",
    "/v1/vector_stores/{id}/file_batches/{b}/files",
    "vector_stores.file_batches.files",
    vectorStores,
    "meta",
  ],
  [
    "POST",
    "/v1/vector_stores/{id}/file_batches/{b}/cancel",
    "vector_stores.file_batches.cancel",
    vectorStores,
    "meta",
  ],

  ["POST", "/v1/assistants", "assistants.create", assistants, "content"],
  ["GET", "/v1/assistants", "assistants.list", assistants, "content"],
  ["GET", "/v1/assistants/{id}", "assistants.retrieve", assistants, "content"],
  ["POST", "/v1/assistants/{id}", "assistants.update", assistants, "content"],
  ["DELETE", "/v1/assistants/{id}", "assistants.delete", assistants, "meta"],
  ["POST", "/v1/threads", "threads.create", threads, "content"],
  ["POST", "/v1/threads/runs", "threads.create_and_run", runs, "content"],
  ["GET", "/v1/threads/{id}", "threads.retrieve", threads, "meta"],
  ["POST", "/v1/threads/{id}", "threads.update", threads, "content"],
  ["DELETE", "/v1/threads/{id}", "threads.delete", threads, "meta"],
  ["POST", "/v1/threads/{id}/messages", "threads.messages.create", messages, "content"],
  ["GET", "/v1/threads/{id}/messages", "threads.messages.list", messages, "content"],
  ["GET", "/v1/threads/{id}/messages/{m}", "threads.messages.retrieve", messages, "content"],
  ["POST", "/v1/threads/{id}/messages/{m}", "threads.messages.update", messages, "content"],
  ["DELETE", "/v1/threads/{id}/messages/{m}", "threads.messages.delete", messages, "meta"],
  ["POST", "/v1/threads/{id}/runs", "threads.runs.create", runs, "content"],
  ["GET", "/v1/threads/{id}/runs", "threads.runs.list", runs, "content"],
  ["GET", "/v1/threads/{id}/runs/{run}", "threads.runs.retrieve", runs, "content"],
  ["POST", "/v1/threads/{id}/runs/{run}", "threads.runs.update", runs, "content"],
  ["POST", "/v1/threads/{id}/runs/{run}/cancel", "threads.runs.cancel", runs, "content"],
  [
    "POST",
    "/v1/threads/{id}/runs/{run}/submit_tool_outputs",
    "threads.runs.submit_tool_outputs",
    runs,
    "content",
  ],
  ["GET", "/v1/threads/{id}/runs/{run}/steps", "threads.runs.steps.list", steps, "content"],
  ["GET", "/v1/threads/{id}/runs/{run}/steps/{step}", "threads.runs.steps.retrieve", steps, "content"],

  ["POST", "/v1/evals", "evals.create", evals, "content"],
  ["GET", "/v1/evals", "evals.list", evals, "content"],
  ["GET", "/v1/evals/{id}", "evals.retrieve", evals, "content"],
  ["POST", "/v1/evals/{id}", "evals.update", evals, "content"],
  ["DELETE", "/v1/evals/{id}", "evals.delete", evals, "meta"],
  ["POST", "/v1/evals/{id}/runs", "evals.runs.create", evals, "content"],
  ["GET", "/v1/evals/{id}/runs", "evals.runs.list", evals, "content"],
  ["GET", "/v1/evals/{id}/runs/{run}", "evals.runs.retrieve", evals, "content"],
  ["POST", "/v1/evals/{id}/runs/{run}", "evals.runs.cancel", evals, "content"],
  ["DELETE", "/v1/evals/{id}/runs/{run}", "evals.runs.delete", evals, "meta"],
  ["GET", "/v1/evals/{id}/runs/{run}/output_items", "evals.runs.output_items.list", evals, "content"],
  [
    "GET",
    "/v1/evals/{id}/runs/{run}/output_items/{item}",
    "evals.runs.output_items.retrieve",
    evals,
    "content",
  ],

  ["GET", "/v1/realtime", "realtime.connect", realtime, "content"],
  ["POST", "/v1/realtime/client_secrets", "realtime.client_secrets.create", realtime, "content"],
  [
    "POST",
    "/v1/realtime/translations/client_secrets",
    "realtime.translations.client_secrets.create",
    "/v1/realtime/translations",
    "content",
  ],
  ["POST", "/v1/realtime/sessions", "realtime.sessions.create", realtime, "content"],
  ["POST", "/v1/realtime/calls", "realtime.calls.create", realtime, "content"],
  ["POST", "/v1/realtime/calls/{id}/{action}", "realtime.calls.act", realtime, "content"],
  [
    "POST",
    "/v1/realtime/transcription_sessions",
    "realtime.transcription_sessions.create",
    "/v1/realtime/transcription_sessions",
    "content",
  ],
  [
    "GET",
    "/v1/realtime/translations",
    "realtime.translations.connect",
    "/v1/realtime/translations",
    "content",
  ],
  [
    "POST",
    "/v1/realtime/translations",
    "realtime.translations.create",
    "/v1/realtime/translations",
    "content",
  ],
  ["POST", "/v1/live/sessions", "live.sessions.create", live, "content"],
  ["GET", "/v1/live/sessions/{id}/content", "live.sessions.content", live, "content"],

  ["POST", "/v1/containers", "containers.create", null, "meta"],
  ["GET", "/v1/containers", "containers.list", null, "meta"],
  ["GET", "/v1/containers/{id}", "containers.retrieve", null, "meta"],
  ["DELETE", "/v1/containers/{id}", "containers.delete", null, "meta"],
  ["POST", "/v1/containers/{id}/files", "containers.files.create", null, "content"],
  ["GET", "/v1/containers/{id}/files", "containers.files.list", null, "meta"],
  ["GET", "/v1/containers/{id}/files/{file}", "containers.files.retrieve", null, "meta"],
  ["DELETE", "/v1/containers/{id}/files/{file}", "containers.files.delete", null, "meta"],
  ["GET", "/v1/containers/{id}/files/{file}/content", "containers.files.content", null, "content"],

  ["POST", "/v1/videos", "videos.create", null, "content"],
  ["POST", "/v1/videos/edits", "videos.edit", null, "content"],
  ["POST", "/v1/videos/extensions", "videos.extend", null, "content"],
  ["POST", "/v1/videos/characters", "videos.characters.create", null, "content"],
  ["GET", "/v1/videos", "videos.list", null, "content"],
  ["GET", "/v1/videos/{id}", "videos.retrieve", null, "content"],
  ["DELETE", "/v1/videos/{id}", "videos.delete", null, "meta"],
  ["GET", "/v1/videos/{id}/content", "videos.content", null, "content"],
  ["POST", "/v1/videos/{id}/remix", "videos.remix", null, "content"],

  ["POST", "/v1/chatkit/sessions", "chatkit.sessions.create", null, "content"],
  ["POST", "/v1/chatkit/sessions/{id}/cancel", "chatkit.sessions.cancel", null, "meta"],
  ["GET", "/v1/chatkit/threads", "chatkit.threads.list", chatkit, "content"],
  ["GET", "/v1/chatkit/threads/{id}", "chatkit.threads.retrieve", chatkit, "content"],
  ["DELETE", "/v1/chatkit/threads/{id}", "chatkit.threads.delete", chatkit, "meta"],
  ["GET", "/v1/chatkit/threads/{id}/items", "chatkit.threads.items.list", chatkit, "content"],

  ["POST", "/v1/agents", "agents.create", "/v1/agents", "content"],
  ["GET", "/v1/agents", "agents.list", "/v1/agents", "content"],
  ["GET", "/v1/agents/{id}", "agents.retrieve", "/v1/agents", "content"],
  ["POST", "/v1/agents/{id}", "agents.update", "/v1/agents", "content"],
  ["DELETE", "/v1/agents/{id}", "agents.delete", "/v1/agents", "meta"],
  ["POST", "/v1/traces/ingest", "traces.ingest", "/v1/traces/ingest", "content"],

  ["POST", "/v1/skills", "skills.create", null, "content"],
  ["GET", "/v1/skills", "skills.list", null, "meta"],
  ["GET", "/v1/skills/{id}", "skills.retrieve", null, "meta"],
  ["DELETE", "/v1/skills/{id}", "skills.delete", null, "meta"],
  ["GET", "/v1/skills/{id}/content", "skills.content", null, "content"],
];
