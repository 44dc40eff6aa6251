/*! Domicile recorder 0.1.0. Apache-2.0. Made from lib/recorder; do not edit. */

// lib/recorder/recorder.ts
import { AsyncLocalStorage } from "node:async_hooks";

// lib/core/calls/operations-table.ts
var chat = "/v1/chat/completions";
var responses = "/v1/responses";
var conversations = "/v1/conversations";
var items = "/v1/conversations/items";
var files = "/v1/files";
var fineTuning = "/v1/fine_tuning/jobs";
var vectorStores = "/v1/vector_stores";
var assistants = "/v1/assistants";
var threads = "/v1/threads";
var messages = "/v1/threads/messages";
var runs = "/v1/threads/runs";
var steps = "/v1/threads/runs/steps";
var evals = "/v1/evals";
var realtime = "/v1/realtime";
var live = "/v1/live/sessions";
var chatkit = "/v1/chatkit/threads";
var voices = "/v1/audio/voices";
var agents = "/v1/agents";
var operationRows = [
  ["POST", "/v1/chat/completions", "chat.completions.create", chat, "content"],
  ["GET", "/v1/chat/completions", "chat.completions.list", chat, "content"],
  ["GET", "/v1/chat/completions/{id}", "chat.completions.retrieve", chat, "content"],
  ["POST", "/v1/chat/completions/{id}", "chat.completions.update", chat, "content"],
  ["DELETE", "/v1/chat/completions/{id}", "chat.completions.delete", chat, "meta"],
  ["GET", "/v1/chat/completions/{id}/messages", "chat.completions.messages.list", chat, "content"],
  ["POST", "/v1/responses", "responses.create", responses, "content"],
  ["GET", "/v1/responses", "responses.connect", responses, "content"],
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
    "meta"
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
    "content"
  ],
  [
    "POST",
    "/v1/vector_stores/{id}/file_batches",
    "vector_stores.file_batches.create",
    vectorStores,
    "content"
  ],
  [
    "GET",
    "/v1/vector_stores/{id}/file_batches/{b}",
    "vector_stores.file_batches.retrieve",
    vectorStores,
    "meta"
  ],
  [
    "GET",
    "/v1/vector_stores/{id}/file_batches/{b}/files",
    "vector_stores.file_batches.files",
    vectorStores,
    "meta"
  ],
  [
    "POST",
    "/v1/vector_stores/{id}/file_batches/{b}/cancel",
    "vector_stores.file_batches.cancel",
    vectorStores,
    "meta"
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
    "content"
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
  ["POST", "/v1/evals/{id}/runs/{run}/cancel", "evals.runs.cancel", evals, "content"],
  // As the reference and older clients have it.
  ["POST", "/v1/evals/{id}/runs/{run}", "evals.runs.cancel", evals, "content"],
  ["DELETE", "/v1/evals/{id}/runs/{run}", "evals.runs.delete", evals, "meta"],
  ["GET", "/v1/evals/{id}/runs/{run}/output_items", "evals.runs.output_items.list", evals, "content"],
  [
    "GET",
    "/v1/evals/{id}/runs/{run}/output_items/{item}",
    "evals.runs.output_items.retrieve",
    evals,
    "content"
  ],
  ["GET", "/v1/realtime", "realtime.connect", realtime, "content"],
  ["POST", "/v1/realtime/client_secrets", "realtime.client_secrets.create", realtime, "content"],
  [
    "POST",
    "/v1/realtime/translations/client_secrets",
    "realtime.translations.client_secrets.create",
    "/v1/realtime/translations",
    "content"
  ],
  ["POST", "/v1/realtime/sessions", "realtime.sessions.create", realtime, "content"],
  ["POST", "/v1/realtime/calls", "realtime.calls.create", realtime, "content"],
  ["POST", "/v1/realtime/calls/{id}/accept", "realtime.calls.accept", realtime, "content"],
  ["POST", "/v1/realtime/calls/{id}/{action}", "realtime.calls.act", realtime, "content"],
  [
    "POST",
    "/v1/realtime/transcription_sessions",
    "realtime.transcription_sessions.create",
    "/v1/realtime/transcription_sessions",
    "content"
  ],
  [
    "GET",
    "/v1/realtime/translations",
    "realtime.translations.connect",
    "/v1/realtime/translations",
    "content"
  ],
  [
    "POST",
    "/v1/realtime/translations",
    "realtime.translations.create",
    "/v1/realtime/translations",
    "content"
  ],
  ["POST", "/v1/live/sessions", "live.create", live, "content"],
  ["POST", "/v1/live/sessions/{id}/accept", "live.sessions.accept", live, "content"],
  ["POST", "/v1/live/sessions/{id}/fork", "live.sessions.fork", live, "content"],
  ["POST", "/v1/live/sessions/{id}/{action}", "live.sessions.act", live, "content"],
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
  ["GET", "/v1/videos/characters/{id}", "videos.characters.retrieve", null, "meta"],
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
  ["POST", "/v1/agents", "agents.create", agents, "content"],
  ["GET", "/v1/agents", "agents.list", agents, "content"],
  ["GET", "/v1/agents/{id}", "agents.retrieve", agents, "content"],
  ["POST", "/v1/agents/{id}", "agents.update", agents, "content"],
  ["DELETE", "/v1/agents/{id}", "agents.delete", agents, "meta"],
  ["POST", "/v1/agents/sessions", "agents.sessions.create", agents, "content"],
  ["GET", "/v1/agents/sessions", "agents.sessions.list", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}", "agents.sessions.retrieve", agents, "content"],
  ["POST", "/v1/agents/sessions/{id}", "agents.sessions.update", agents, "content"],
  ["DELETE", "/v1/agents/sessions/{id}", "agents.sessions.delete", agents, "meta"],
  ["POST", "/v1/agents/sessions/{id}/events", "agents.sessions.events.create", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}/events", "agents.sessions.events.stream", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}/items", "agents.sessions.items.list", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}/turns", "agents.sessions.turns.list", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}/turns/{turn}", "agents.sessions.turns.retrieve", agents, "content"],
  [
    "GET",
    "/v1/agents/sessions/{id}/turns/{turn}/items",
    "agents.sessions.turns.items.list",
    agents,
    "content"
  ],
  ["GET", "/v1/agents/sessions/{id}/subagents", "agents.sessions.subagents.list", agents, "content"],
  [
    "GET",
    "/v1/agents/sessions/{id}/subagents/{sub}",
    "agents.sessions.subagents.retrieve",
    agents,
    "content"
  ],
  [
    "GET",
    "/v1/agents/sessions/{id}/subagents/{sub}/items",
    "agents.sessions.subagents.items.list",
    agents,
    "content"
  ],
  [
    "GET",
    "/v1/agents/sessions/{id}/subagents/{sub}/turns",
    "agents.sessions.subagents.turns.list",
    agents,
    "content"
  ],
  [
    "GET",
    "/v1/agents/sessions/{id}/subagents/{sub}/turns/{turn}",
    "agents.sessions.subagents.turns.retrieve",
    agents,
    "content"
  ],
  [
    "GET",
    "/v1/agents/sessions/{id}/subagents/{sub}/turns/{turn}/items",
    "agents.sessions.subagents.turns.items.list",
    agents,
    "content"
  ],
  ["GET", "/v1/agents/sessions/{id}/traces", "agents.sessions.traces.list", agents, "content"],
  ["GET", "/v1/agents/sessions/{id}/artifacts", "agents.sessions.artifacts.list", agents, "meta"],
  [
    "GET",
    "/v1/agents/sessions/{id}/artifacts/{artifact}",
    "agents.sessions.artifacts.retrieve",
    agents,
    "meta"
  ],
  [
    "GET",
    "/v1/agents/sessions/{id}/artifacts/{artifact}/content",
    "agents.sessions.artifacts.content",
    agents,
    "content"
  ],
  [
    "DELETE",
    "/v1/agents/sessions/{id}/artifacts/{artifact}",
    "agents.sessions.artifacts.delete",
    agents,
    "meta"
  ],
  ["POST", "/v1/agents/environments", "agents.environments.create", agents, "content"],
  ["GET", "/v1/agents/environments", "agents.environments.list", agents, "meta"],
  ["GET", "/v1/agents/environments/{id}", "agents.environments.retrieve", agents, "meta"],
  ["POST", "/v1/agents/environments/{id}/files", "agents.environments.files.create", agents, "content"],
  ["GET", "/v1/agents/environments/{id}/files", "agents.environments.files.list", agents, "meta"],
  ["POST", "/v1/agents/environments/templates", "agents.environments.templates.create", agents, "content"],
  ["GET", "/v1/agents/environments/templates", "agents.environments.templates.list", agents, "content"],
  [
    "GET",
    "/v1/agents/environments/templates/{id}",
    "agents.environments.templates.retrieve",
    agents,
    "content"
  ],
  [
    "POST",
    "/v1/agents/environments/templates/{id}",
    "agents.environments.templates.update",
    agents,
    "content"
  ],
  [
    "DELETE",
    "/v1/agents/environments/templates/{id}",
    "agents.environments.templates.delete",
    agents,
    "meta"
  ],
  ["POST", "/v1/agents/automations", "agents.automations.create", agents, "content"],
  ["GET", "/v1/agents/automations", "agents.automations.list", agents, "content"],
  ["GET", "/v1/agents/automations/{id}", "agents.automations.retrieve", agents, "content"],
  ["POST", "/v1/agents/automations/{id}", "agents.automations.update", agents, "content"],
  ["DELETE", "/v1/agents/automations/{id}", "agents.automations.delete", agents, "meta"],
  ["POST", "/v1/agents/automations/{id}/pause", "agents.automations.pause", agents, "meta"],
  ["POST", "/v1/agents/automations/{id}/resume", "agents.automations.resume", agents, "meta"],
  [
    "POST",
    "/v1/agents/automations/{id}/invocations",
    "agents.automations.invocations.create",
    agents,
    "content"
  ],
  ["GET", "/v1/agents/automations/{id}/invocations", "agents.automations.invocations.list", agents, "meta"],
  [
    "GET",
    "/v1/agents/automations/{id}/invocations/{invocation}",
    "agents.automations.invocations.retrieve",
    agents,
    "meta"
  ],
  ["POST", "/v1/vaults", "vaults.create", null, "content"],
  ["GET", "/v1/vaults", "vaults.list", null, "meta"],
  ["GET", "/v1/vaults/{id}", "vaults.retrieve", null, "meta"],
  ["POST", "/v1/vaults/{id}", "vaults.update", null, "content"],
  ["DELETE", "/v1/vaults/{id}", "vaults.delete", null, "meta"],
  ["POST", "/v1/vaults/{id}/credentials", "vaults.credentials.create", null, "content"],
  ["GET", "/v1/vaults/{id}/credentials", "vaults.credentials.list", null, "meta"],
  ["GET", "/v1/vaults/{id}/credentials/{credential}", "vaults.credentials.retrieve", null, "meta"],
  ["POST", "/v1/vaults/{id}/credentials/{credential}", "vaults.credentials.update", null, "content"],
  ["DELETE", "/v1/vaults/{id}/credentials/{credential}", "vaults.credentials.delete", null, "meta"],
  ["POST", "/v1/traces/ingest", "traces.ingest", "/v1/traces/ingest", "content"],
  ["POST", "/v1/skills", "skills.create", null, "content"],
  ["GET", "/v1/skills", "skills.list", null, "meta"],
  ["GET", "/v1/skills/{id}", "skills.retrieve", null, "meta"],
  ["POST", "/v1/skills/{id}", "skills.update", null, "meta"],
  ["DELETE", "/v1/skills/{id}", "skills.delete", null, "meta"],
  ["GET", "/v1/skills/{id}/content", "skills.content", null, "content"],
  ["POST", "/v1/skills/{id}/versions", "skills.versions.create", null, "content"],
  ["GET", "/v1/skills/{id}/versions", "skills.versions.list", null, "meta"],
  ["GET", "/v1/skills/{id}/versions/{version}", "skills.versions.retrieve", null, "meta"],
  ["DELETE", "/v1/skills/{id}/versions/{version}", "skills.versions.delete", null, "meta"],
  ["GET", "/v1/skills/{id}/versions/{version}/content", "skills.versions.content", null, "content"],
  ["POST", "/v1/webhook_endpoints", "webhook_endpoints.create", null, "content"],
  ["GET", "/v1/webhook_endpoints", "webhook_endpoints.list", null, "meta"],
  ["GET", "/v1/webhook_endpoints/{id}", "webhook_endpoints.retrieve", null, "meta"],
  ["POST", "/v1/webhook_endpoints/{id}", "webhook_endpoints.update", null, "content"],
  ["DELETE", "/v1/webhook_endpoints/{id}", "webhook_endpoints.delete", null, "meta"],
  ["POST", "/v1/webhook_endpoints/{id}/rotate_secret", "webhook_endpoints.rotate_secret", null, "meta"],
  ["POST", "/v1/webhook_endpoints/{id}/test", "webhook_endpoints.test", null, "meta"],
  ["GET", "/v1/webhook_event_types", "webhook_event_types.list", null, "meta"],
  ["POST", "/v1/content_provenance_checks", "content_provenance_checks.create", null, "content"],
  ["GET", "/v1/safety/alerts/{id}", "safety.alerts.retrieve", null, "content"],
  ["GET", "/v1/safety/cases/{id}", "safety.cases.retrieve", null, "content"]
];

// lib/core/calls/match-operation.ts
var unknownOperation = {
  id: "unknown",
  endpoint: null,
  genAiOperation: "unknown",
  carriesContent: true
};
function matchOperation(method, path) {
  const parts = segments(path);
  if (parts === null) return null;
  const upper = method.toUpperCase();
  const verb = upper === "HEAD" ? "GET" : upper;
  const candidates = byLength.get(parts.length) ?? [];
  const found = candidates.find((entry) => entry.row[0] === verb && fits(entry.parts, parts));
  return found ? found.operation : null;
}
var pathCharsMax = 2048;
function segments(path) {
  if (path.length > pathCharsMax || !path.startsWith("/")) return null;
  const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const parts = bare.slice(1).split("/");
  return parts.some((part) => part === "" || part === "." || part === "..") ? null : parts;
}
var byLength = index();
function index() {
  const map = /* @__PURE__ */ new Map();
  for (const row of operationRows) {
    const parts = row[1].slice(1).split("/");
    const entry = { row, parts, operation: toOperation(row) };
    map.set(parts.length, [...map.get(parts.length) ?? [], entry]);
  }
  for (const entries of map.values()) entries.sort((a, b) => placeholders(a.parts) - placeholders(b.parts));
  return map;
}
function placeholders(parts) {
  return parts.filter(isPlaceholder).length;
}
function isPlaceholder(part) {
  return part.startsWith("{");
}
function fits(pattern, parts) {
  return pattern.every((part, at) => isPlaceholder(part) || part === parts[at]);
}
function toOperation([, , id, endpoint, carries]) {
  return { id, endpoint, genAiOperation: genAiName(id), carriesContent: carries === "content" };
}
function genAiName(id) {
  if (id === "chat.completions.create" || id === "responses.create" || id === "responses.connect")
    return "chat";
  if (id === "embeddings.create") return "embeddings";
  if (id === "completions.create") return "text_completion";
  if (id.startsWith("images.") || id.startsWith("audio.speech")) return "generate_content";
  if (id === "vector_stores.search") return "retrieval";
  if (id === "threads.runs.create" || id === "threads.create_and_run") return "invoke_agent";
  if (id === "agents.sessions.create" || id === "agents.sessions.events.create") return "invoke_agent";
  if (id === "assistants.create" || id === "agents.create") return "create_agent";
  return id;
}

// lib/recorder/exchange.ts
import { randomUUID } from "node:crypto";

// lib/core/calls/json-fields.ts
function asObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
}
function asArray(value) {
  return Array.isArray(value) ? value : [];
}
function field(value, name) {
  const object = asObject(value);
  return object !== null && Object.hasOwn(object, name) ? object[name] : void 0;
}
function asToken(value, charsMax) {
  return typeof value === "string" && value.length <= charsMax && /^[\x21-\x7e]+$/.test(value) ? value : null;
}
function asUuid(value) {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value.toLowerCase() : null;
}
function asCount(value) {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
var int4Max = 2147483647;
function asTokenCount(value) {
  const count = asCount(value);
  return count !== null && count <= int4Max ? count : null;
}

// lib/core/calls/name-set.ts
var featuresMax = 100;
function createNameSet(max = featuresMax) {
  const names = /* @__PURE__ */ new Set();
  let whole = true;
  return {
    add(name) {
      if (names.size < max) names.add(name);
      else if (!names.has(name)) whole = false;
    },
    isWhole: () => whole,
    sorted: () => [...names].sort()
  };
}

// lib/core/calls/transcription-of.ts
function transcriptionOf(session) {
  const now = field(field(field(session, "audio"), "input"), "transcription");
  return now === void 0 ? field(session, "input_audio_transcription") : now;
}

// lib/core/calls/unreadable-fields.ts
var modelCharsMax = 200;
var tierCharsMax = 32;
var toolCharsMax = 64;
var cacheCharsMax = 32;
function unreadableFields(json, offered) {
  const found = [];
  for (const name of ["store", "background"]) {
    const value = field(json, name);
    if (value != null && typeof value !== "boolean") found.push(name);
  }
  const session = field(json, "session");
  const models = [
    field(json, "model"),
    field(session, "model"),
    field(field(json, "agent"), "model"),
    ...[json, session].map((each) => field(transcriptionOf(each), "model"))
  ];
  if (models.some((model) => isOddToken(model, modelCharsMax))) found.push("model");
  if (isOddToken(field(json, "service_tier"), tierCharsMax)) found.push("service_tier");
  if (isOddToken(field(json, "prompt_cache_retention"), cacheCharsMax)) found.push("prompt_cache_retention");
  if (!offered.whole || offered.tools.some(hasNoType)) found.push("tools");
  return found;
}
function isOddToken(value, charsMax) {
  return value != null && asToken(value, charsMax) === null;
}
function hasNoType(tool) {
  return asToken(field(tool, "type"), toolCharsMax) === null;
}

// lib/core/calls/features-of-request.ts
function featuresOfRequest(operation, json, objects, tools, known2 = []) {
  const found = createNameSet();
  for (const feature of known2) found.add(feature);
  if (field(json, "web_search_options") != null) found.add("web_search");
  if (asksForSchema(json)) found.add("structured_outputs");
  if (asArray(field(json, "modalities")).includes("audio")) found.add("input_modalities");
  if (cachesBeyondMemory(json)) found.add("extended_prompt_caching");
  for (const part of objects) for (const feature of featureOfPart(part)) found.add(feature);
  if (operation.endpoint?.startsWith("/v1/realtime") && asksForTracing(json)) found.add("realtime_tracing");
  for (const tool of tools) {
    const type = asToken(field(tool, "type"), 64);
    if (type !== null && !callerTools.has(type) && !isLocalShell(tool)) found.add(toolFeature(type));
  }
  return found;
}
var callerTools = /* @__PURE__ */ new Set(["function", "custom", "apply_patch", "local_shell", "namespace", "tool_search"]);
function isLocalShell(tool) {
  return field(field(tool, "environment"), "type") === "local";
}
function toolFeature(type) {
  if (type.startsWith("web_search")) return "web_search";
  if (type.startsWith("computer")) return "computer_use";
  return type.slice(0, 40);
}
function asksForSchema(json) {
  const chat2 = field(field(json, "response_format"), "type");
  const responses2 = field(field(field(json, "text"), "format"), "type");
  return chat2 === "json_schema" || responses2 === "json_schema";
}
function asksForTracing(json) {
  const value = field(json, "tracing") ?? field(field(json, "session"), "tracing");
  return value != null;
}
function cachesBeyondMemory(json) {
  if (field(json, "prompt_cache_options") != null) return true;
  const retention = asToken(field(json, "prompt_cache_retention"), cacheCharsMax);
  return retention !== null && retention.replace("-", "_") !== "in_memory";
}
var modalityParts = /* @__PURE__ */ new Set(["image_url", "input_image", "input_audio"]);
var fileParts = /* @__PURE__ */ new Set(["file", "input_file"]);
function featureOfPart(part) {
  const type = field(part, "type");
  if (typeof type !== "string") return [];
  if (modalityParts.has(type)) return ["input_modalities"];
  if (!fileParts.has(type)) return [];
  return [part, field(part, "file")].some(isInline) ? ["inline_file"] : ["file_upload"];
}
function isInline(file) {
  const named2 = field(file, "file_id") ?? field(file, "file_url");
  return named2 == null && typeof field(file, "file_data") === "string";
}

// lib/core/calls/objects-of-request.ts
var objectsMax = 100;
var idCharsMax = 128;
function objectsOfRequest(operation, path, json, objects, tools) {
  const named2 = [
    ...path === null ? [] : objectsOfPath(operation, path),
    ...objectsOfBody(json),
    ...tools.flatMap(objectsOfTool),
    ...objects.flatMap(objectsOfPart),
    ...asArray(field(json, "input")).flatMap(objectOfBareItem)
  ];
  if (named2.length === 0) return noObjects;
  const found = /* @__PURE__ */ new Map();
  let whole = true;
  for (const { kind, id } of named2) {
    const token = asToken(id, idCharsMax);
    if (token === null) whole = false;
    else if (found.size < objectsMax) found.set(`${kind} ${token}`, { kind, id: token });
    else if (!found.has(`${kind} ${token}`)) whole = false;
  }
  const sorted = [...found.entries()].sort(([a], [b]) => a < b ? -1 : 1);
  return { objects: sorted.map(([, object]) => object), whole };
}
var noObjects = { objects: [], whole: true };
var pathKinds = {
  files: "file",
  uploads: "upload",
  batches: "batch",
  jobs: "fine_tuning_job",
  checkpoints: "model",
  models: "model",
  vector_stores: "vector_store",
  responses: "response",
  completions: "chat_completion",
  conversations: "conversation",
  items: "item",
  containers: "container",
  assistants: "assistant",
  threads: "thread"
};
var places = new Map(
  operationRows.filter(([, , id]) => !id.startsWith("chatkit.")).map(([, path, id]) => [id, placesIn(path.slice(1).split("/"))])
);
function placesIn(pattern) {
  return pattern.flatMap((word, at) => {
    const kind = word.startsWith("{") ? pathKinds[pattern[at - 1] ?? ""] : void 0;
    return kind === void 0 ? [] : [{ kind, at }];
  });
}
function objectsOfPath({ id }, path) {
  const named2 = places.get(id) ?? [];
  if (named2.length === 0) return [];
  const parts = path.slice(1).split("/");
  return named2.map(({ kind, at }) => ({ kind, id: parts[at] }));
}
var bodyKinds = Object.entries({
  previous_response_id: "response",
  input_file_id: "file",
  training_file: "file",
  validation_file: "file",
  file_id: "file",
  file_ids: "file",
  vector_store_ids: "vector_store",
  assistant_id: "assistant"
});
function objectsOfBody(json) {
  const found = [];
  for (const [name, kind] of bodyKinds) {
    const value = field(json, name);
    if (value != null) found.push(...idsOf(kind, value));
  }
  found.push(...idsOf("conversation", idOrObject(field(json, "conversation"))));
  for (const prompt of [field(json, "prompt"), field(field(json, "session"), "prompt")]) {
    if (asObject(prompt) !== null) found.push(...idsOf("prompt", field(prompt, "id")));
  }
  const model = field(json, "model");
  if (typeof model === "string" && model.startsWith("ft:")) found.push({ kind: "model", id: model });
  for (const attachment of asArray(field(json, "attachments"))) found.push(...objectsOfPart(attachment));
  const resources = field(json, "tool_resources");
  found.push(...idsOf("vector_store", field(field(resources, "file_search"), "vector_store_ids")));
  found.push(...idsOf("file", field(field(resources, "code_interpreter"), "file_ids")));
  return found;
}
function objectsOfTool(tool) {
  const container = field(tool, "container");
  const environment = field(tool, "environment");
  return [
    ...idsOf("vector_store", field(tool, "vector_store_ids")),
    ...typeof container === "string" ? idsOf("container", container) : [],
    ...idsOf("container", field(environment, "container_id")),
    ...idsOf("file", field(container, "file_ids")),
    ...idsOf("file", field(environment, "file_ids")),
    ...idsOf("file", field(field(tool, "input_image_mask"), "file_id"))
  ];
}
function objectsOfPart(part) {
  const reference = field(part, "type") === "item_reference" ? idsOf("item", field(part, "id")) : [];
  return [...reference, ...idsOf("file", field(part, "file_id"))];
}
function objectOfBareItem(item) {
  const bare = field(item, "type") == null && field(item, "role") == null;
  return bare ? idsOf("item", field(item, "id")) : [];
}
function idOrObject(value) {
  return asObject(value) === null ? value : field(value, "id");
}
function idsOf(kind, value) {
  if (value == null) return [];
  return (Array.isArray(value) ? value : [value]).map((id) => ({ kind, id }));
}

// lib/core/calls/objects-within.ts
function objectsWithin(roots) {
  const objects = [];
  let level = roots.filter(isContainer);
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth >= depthMax || seen > containersMax) return { objects, whole: false };
    const next = [];
    for (const container of level) {
      const object = asObject(container);
      if (object !== null) objects.push(object);
      for (const value of Object.values(container)) if (isContainer(value)) next.push(value);
    }
    level = next;
  }
  return { objects, whole: true };
}
var depthMax = 24;
var containersMax = 2e5;
function isContainer(value) {
  return typeof value === "object" && value !== null;
}

// lib/core/calls/realtime-session.ts
var sessionCharsMax = 4 * 1024 * 1024;
function transcriptionModel(session) {
  return asToken(field(transcriptionOf(session), "model"), modelCharsMax);
}

// lib/core/calls/stored-state-refs.ts
function storedStateRefs(json, objects, tools) {
  const found = /* @__PURE__ */ new Set();
  if (field(json, "conversation") != null) found.add("conversation");
  if (field(json, "previous_response_id") != null) found.add("previous_response_id");
  const prompts = [field(json, "prompt"), field(field(json, "session"), "prompt")];
  if (prompts.some((prompt) => asObject(prompt) !== null)) found.add("prompt");
  if (asArray(field(json, "input")).some(isItemReference)) found.add("item_reference");
  for (const object of objects) {
    if (field(object, "type") === "item_reference") found.add("item_reference");
    if (typeof field(object, "file_id") === "string") found.add("file_id");
  }
  for (const tool of tools) for (const name of refsOfTool(tool)) found.add(name);
  return [...found].sort();
}
function isItemReference(item) {
  const untyped = field(item, "type") == null && field(item, "role") == null;
  return untyped && typeof field(item, "id") === "string";
}
function refsOfTool(tool) {
  const container = field(tool, "container");
  const environment = field(tool, "environment");
  const refs = [];
  if (asArray(field(tool, "vector_store_ids")).length > 0) refs.push("vector_store_ids");
  if (typeof container === "string" || field(environment, "container_id") != null) refs.push("container");
  if ([container, environment].some((each) => asArray(field(each, "file_ids")).length > 0))
    refs.push("file_ids");
  if (asArray(field(environment, "skills")).some((skill) => field(skill, "skill_id") != null))
    refs.push("skill_id");
  if (field(field(tool, "input_image_mask"), "file_id") != null) refs.push("file_id");
  return refs;
}

// lib/core/calls/tool-hosts.ts
var hostsMax = 20;
var hostCharsMax = 100;
function toolHosts(tools) {
  const found = /* @__PURE__ */ new Set();
  for (const tool of tools) {
    for (const name of namesOf(tool)) if (found.size < hostsMax) found.add(name);
  }
  return [...found].sort();
}
function namesOf(tool) {
  const named2 = [
    // Agents keep the address one level down.
    hostOf(field(tool, "server_url") ?? field(field(tool, "transport"), "server_url")),
    asToken(field(tool, "connector_id"), hostCharsMax),
    asToken(field(tool, "tunnel_id"), hostCharsMax)
  ];
  return named2.filter((name) => name !== null);
}
function hostOf(address) {
  if (typeof address !== "string" || address.length > 4096) return null;
  try {
    return asToken(new URL(address).hostname.toLowerCase(), hostCharsMax) || null;
  } catch {
    return null;
  }
}

// lib/core/calls/tools-of-request.ts
function toolsOfRequest(json, objects) {
  const lists = [json, field(json, "session"), field(json, "agent")].map((each) => field(each, "tools"));
  for (const object of objects) {
    const type = field(object, "type");
    if (type === "additional_tools" || type === "tool_search_output") lists.push(field(object, "tools"));
  }
  const tools = [];
  let whole = true;
  for (const list of lists) {
    if (list == null) continue;
    if (!Array.isArray(list)) whole = false;
    for (const tool of asArray(list)) {
      tools.push(tool);
      if (field(tool, "type") === "namespace")
        for (const each of asArray(field(tool, "tools"))) tools.push(each);
    }
  }
  return { tools, whole };
}

// lib/core/calls/read-request.ts
function readRequest(operation, json, path = null) {
  const serviceTier = asToken(field(json, "service_tier"), tierCharsMax);
  const { objects, whole } = objectsWithin(contentFields.map((name) => field(json, name)));
  const tiers = serviceTier === "scale" ? ["scale_tier"] : [];
  const offered = toolsOfRequest(json, objects);
  const features = featuresOfRequest(operation, json, objects, offered.tools, tiers);
  const named2 = objectsOfRequest(operation, path, json, objects, offered.tools);
  const unreadable = [
    ...unreadableFields(json, offered),
    ...features.isWhole() ? [] : ["tools"],
    ...whole ? [] : ["input"],
    ...named2.whole ? [] : ["objects"]
  ];
  return {
    model: asToken(field(json, "model"), modelCharsMax) ?? sessionModel(json),
    stream: field(json, "stream") === true,
    store: said(field(json, "store")),
    background: said(field(json, "background")),
    serviceTier,
    featuresOffered: features.sorted(),
    toolHosts: toolHosts(offered.tools),
    unreadable: [...new Set(unreadable)].sort(),
    storedStateRefs: storedStateRefs(json, objects, offered.tools),
    objectsUsed: named2.objects
  };
}
var contentFields = ["messages", "input", "prompt", "images", "mask"];
function sessionModel(json) {
  const session = field(json, "session");
  const named2 = asToken(field(session, "model") ?? field(field(json, "agent"), "model"), modelCharsMax);
  return named2 ?? transcriptionModel(session) ?? transcriptionModel(json);
}
function said(value) {
  return typeof value === "boolean" ? { said: true, value } : { said: false };
}

// lib/core/regions/normalise-host.ts
var hostCharsMax2 = 253;
function normaliseHost(raw) {
  const text = raw.trim().slice(0, hostCharsMax2 + 8);
  if (!isAscii(text)) return punycoded(text);
  return withoutTrailingDot(withoutPort(text)).toLowerCase().slice(0, hostCharsMax2);
}
function withoutPort(text) {
  return text.replace(/:\d{1,5}$/, "");
}
function withoutTrailingDot(text) {
  return text.endsWith(".") && !text.endsWith("..") ? text.slice(0, -1) : text;
}
function isAscii(text) {
  return /^[\x20-\x7e]*$/.test(text);
}
function punycoded(text) {
  const kept = text.toLowerCase().slice(0, hostCharsMax2);
  const host = withoutTrailingDot(withoutPort(text));
  if (/[\s/\\?#@:[\]%]/.test(host)) return nonAscii(kept);
  try {
    const { hostname } = new URL(`http://${host}`);
    return hostname.split(".").some((label) => label.startsWith("xn--")) ? hostname : nonAscii(kept);
  } catch {
    return nonAscii(kept);
  }
}
function nonAscii(kept) {
  return isAscii(kept) ? `${kept} (not ASCII)` : kept;
}

// lib/core/calls/objects-of-answer.ts
function objectsOfAnswer(json) {
  const listed = field(json, "object") === "list" ? asArray(field(json, "data")).slice(0, objectsMax) : [json];
  return listed.flatMap(objectsOfOne).slice(0, objectsMax);
}
var kinds = {
  file: "file",
  upload: "upload",
  batch: "batch",
  "fine_tuning.job": "fine_tuning_job",
  vector_store: "vector_store",
  response: "response",
  "chat.completion": "chat_completion",
  "chat.completion.chunk": "chat_completion",
  conversation: "conversation",
  container: "container",
  assistant: "assistant",
  thread: "thread"
};
var moving = /* @__PURE__ */ new Set([
  "upload",
  "batch",
  "fine_tuning_job",
  "vector_store",
  "container"
]);
function statesOfAnswer(json) {
  const listed = field(json, "object") === "list" ? asArray(field(json, "data")).slice(0, objectsMax) : [json];
  return listed.flatMap((each) => {
    const type = field(each, "object");
    const kind = typeof type === "string" && Object.hasOwn(kinds, type) ? kinds[type] : void 0;
    const id = asToken(field(each, "id"), 128);
    const status = asToken(field(each, "status"), 40);
    return kind === void 0 || id === null || status === null || !moving.has(kind) ? [] : [{ kind, id, status }];
  });
}
function objectsOfOne(json) {
  const type = field(json, "object");
  if (typeof type !== "string" || field(json, "deleted") === true) return [];
  if (type === "thread.run") return named("thread", field(json, "thread_id"));
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : void 0;
  if (kind === void 0) return [];
  const [itself] = named(kind, field(json, "id"), json);
  return itself === void 0 ? [] : [itself, ...madeBy(itself, json)];
}
function madeBy({ kind, id }, json) {
  const maker = { kind, id };
  const made = kind === "batch" ? [...named("file", field(json, "output_file_id")), ...named("file", field(json, "error_file_id"))] : kind === "fine_tuning_job" ? [
    ...named("model", field(json, "fine_tuned_model")),
    ...asArray(field(json, "result_files")).flatMap((file) => named("file", file))
  ] : kind === "upload" ? named("file", field(field(json, "file"), "id"), field(json, "file")) : [];
  return made.map((object) => ({ ...object, madeBy: maker }));
}
function named(kind, id, json = null) {
  const token = asToken(id, 128);
  if (token === null) return [];
  const bytes = asCount(field(json, "bytes")) ?? asCount(field(json, "usage_bytes"));
  return [{ kind, id: token, bytes, expiresAt: endOf(json), madeBy: null }];
}
function endOf(json) {
  const after = field(json, "expires_after");
  const minutes = asCount(field(after, "minutes"));
  const lastUse = field(after, "anchor") === "last_active_at" ? asCount(field(json, "last_active_at")) : null;
  const counted = minutes === null || lastUse === null ? null : asCount(lastUse + 60 * minutes);
  return asCount(field(json, "expires_at")) ?? counted;
}

// lib/core/calls/read-answer.ts
var noUsage = {
  inputTokens: null,
  outputTokens: null,
  cachedInputTokens: null,
  reasoningTokens: null
};
function readAnswer(operation, _status, json) {
  const error = readError(json);
  const used = readsAgain(operation) ? noUsage : readUsage(field(json, "usage"));
  const features = createNameSet();
  for (const feature of featuresOfAnswer(json)) features.add(feature);
  return {
    read: asObject(json) !== null && features.isWhole(),
    modelAnswered: asToken(field(json, "model"), modelCharsMax),
    usage: used,
    featuresUsed: features.sorted(),
    providerObjectId: asToken(field(json, "id"), 128),
    objectsNamed: objectsOfAnswer(json),
    objectStates: statesOfAnswer(json),
    finishReason: finishReason(json),
    serviceTier: asToken(field(json, "service_tier"), 32),
    ...error
  };
}
function readsAgain({ id }) {
  return /\.(retrieve|list|update|delete|cancel)$/.test(id);
}
var answersWithStatus = /* @__PURE__ */ new Set(["response", "thread.run"]);
function finishReason(json) {
  for (const choice of asArray(field(json, "choices"))) {
    const reason2 = asToken(field(choice, "finish_reason"), finishCharsMax);
    if (reason2 !== null) return reason2;
  }
  if (!answersWithStatus.has(field(json, "object"))) return null;
  const reason = asToken(field(field(json, "incomplete_details"), "reason"), finishCharsMax);
  return reason ?? asToken(field(json, "status"), finishCharsMax);
}
var finishCharsMax = 40;
function readUsage(usage) {
  const input = field(usage, "input_tokens") ?? field(usage, "prompt_tokens");
  const output = field(usage, "output_tokens") ?? field(usage, "completion_tokens");
  const inputDetails = field(usage, "input_tokens_details") ?? field(usage, "prompt_tokens_details");
  const outputDetails = field(usage, "output_tokens_details") ?? field(usage, "completion_tokens_details");
  return {
    inputTokens: asTokenCount(input),
    outputTokens: asTokenCount(output),
    cachedInputTokens: asTokenCount(field(inputDetails, "cached_tokens")),
    reasoningTokens: asTokenCount(field(outputDetails, "reasoning_tokens"))
  };
}
function readError(json) {
  const error = field(json, "error");
  const errorCode = asToken(field(error, "code"), 64);
  const message = field(error, "message");
  const named2 = errorCode === "incorrect_hostname" && typeof message === "string" ? /make your request to ([a-z0-9.-]{1,253})/i.exec(message.slice(0, 1e3))?.[1] : void 0;
  return { errorCode, suggestedHost: named2 === void 0 ? null : normaliseHost(named2) };
}
function featuresOfAnswer(json) {
  const output = asArray(field(json, "output")).flatMap(featuresOfOutputItem);
  const chat2 = asArray(field(json, "choices")).flatMap((choice) => [
    ...citations(field(field(choice, "message"), "annotations")),
    ...citations(field(field(choice, "delta"), "annotations"))
  ]);
  return [...output, ...chat2];
}
var callerCalls = /* @__PURE__ */ new Set([
  "function_call",
  "custom_tool_call",
  "apply_patch_call",
  "local_shell_call",
  "tool_search_call"
]);
function featuresOfOutputItem(item) {
  const type = asToken(field(item, "type"), 64);
  if (type === null) return [];
  if (type.startsWith("mcp_")) return ["mcp"];
  if (type === "program") return ["programmatic_tool_calling"];
  if (type === "message") {
    return asArray(field(item, "content")).flatMap((part) => citations(field(part, "annotations")));
  }
  if (!type.endsWith("_call") || callerCalls.has(type) || isLocalShell(item)) return [];
  return [toolFeature(type.slice(0, -"_call".length))];
}
function citations(annotations) {
  return asArray(annotations).flatMap((annotation) => {
    const type = field(annotation, "type");
    if (type === "url_citation") return ["web_search"];
    if (type === "container_file_citation") return ["code_interpreter"];
    return [];
  });
}

// lib/core/calls/measure-json.ts
function measureJson(json) {
  let allMembers = 0;
  let depth = 0;
  let deepest = 0;
  let containers = 0;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = endOfString(json, at);
        break;
      case openBrace:
      case openBracket:
        depth++;
        containers++;
        if (depth > deepest) deepest = depth;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
      case comma:
        values++;
        break;
      case colon:
        values++;
        allMembers++;
    }
  }
  return { allMembers, depth: deepest, containers, values };
}
var depthMax2 = 128;
var containersMax2 = 5e5;
var valuesMax = 6e6;
function isModestJson({ depth, containers, values }) {
  return depth <= depthMax2 && containers <= containersMax2 && values <= valuesMax;
}
var measuredFrom = 4096;
function parseJson(text) {
  if (text.length > measuredFrom && !isModestJson(measureJson(new TextEncoder().encode(text))))
    return void 0;
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
var quote = 34;
var comma = 44;
var backslash = 92;
var colon = 58;
var openBracket = 91;
var closeBracket = 93;
var openBrace = 123;
var closeBrace = 125;
function endOfString(json, start) {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}

// lib/core/calls/read-stream.ts
var lineCharsMax = 16 * 1024 * 1024;
function createStreamReader(operation, onContent) {
  let reading = { ...readAnswer(operation, 200, {}), read: false };
  let complete = false;
  let broken = false;
  let begun = onContent === void 0;
  const features = createNameSet();
  function begin() {
    begun = true;
    onContent?.();
  }
  function merge(next) {
    for (const feature of next.featuresUsed) features.add(feature);
    if (!next.read) broken = true;
    reading = {
      read: reading.read || next.read,
      modelAnswered: next.modelAnswered ?? reading.modelAnswered,
      usage: hasCounts(next) ? next.usage : reading.usage,
      featuresUsed: [],
      providerObjectId: next.providerObjectId ?? reading.providerObjectId,
      // Each event says the same object again; the last word has its size and end.
      objectsNamed: next.objectsNamed.length > 0 ? next.objectsNamed : reading.objectsNamed,
      finishReason: next.finishReason ?? reading.finishReason,
      serviceTier: next.serviceTier ?? reading.serviceTier,
      errorCode: next.errorCode ?? reading.errorCode,
      suggestedHost: next.suggestedHost ?? reading.suggestedHost
    };
  }
  function readEvent(json) {
    const type = asToken(field(json, "type"), 80);
    if (type === null) {
      if (isPartOfRun(json)) reading = { ...reading, read: true };
      else merge(readAnswer(operation, 200, json));
      return;
    }
    for (const feature of featuresOfOutputItem(field(json, "item"))) features.add(feature);
    const tool = /^response\.([a-z_]+_call)\./.exec(type)?.[1];
    if (tool !== void 0) for (const feature of featuresOfOutputItem({ type: tool })) features.add(feature);
    if (type.startsWith("response.mcp_")) features.add("mcp");
    const response = field(json, "response");
    if (asObject(response) !== null) merge(readAnswer(operation, 200, response));
    if (type === "error") merge(readAnswer(operation, 200, { error: field(json, "error") ?? json }));
    if (!endings.has(type)) return;
    complete = true;
    const used = field(json, "usage");
    if (used !== void 0) merge(readAnswer(operation, 200, { usage: used }));
  }
  return {
    push(dataLine) {
      const data = dataOf(dataLine);
      if (data === "") return;
      if (data === "[DONE]") {
        complete = true;
        return;
      }
      if (isTextDelta(data)) {
        if (!begun) begin();
        return;
      }
      const json = data.length > lineCharsMax ? void 0 : parseJson(data);
      if (asObject(json) === null) broken = true;
      else {
        if (!begun && isContent(json)) begin();
        readEvent(json);
      }
    },
    result() {
      return {
        ...reading,
        // One unreadable line may have been the one that named a tool.
        read: reading.read && !broken && features.isWhole(),
        usage: reading.usage ?? noUsage,
        featuresUsed: features.sorted(),
        complete
      };
    }
  };
}
var endings = /* @__PURE__ */ new Set([
  "response.completed",
  "response.failed",
  "response.incomplete",
  "error",
  "speech.audio.done",
  "transcript.text.done",
  "image_generation.completed",
  "image_edit.completed"
]);
function isContent(json) {
  const type = field(json, "type") ?? field(json, "object");
  if (typeof type === "string" && contentTypes.test(type)) return true;
  const choices = field(json, "choices");
  return Array.isArray(choices) && choices.some((choice) => hasText(choice) || hasText(field(choice, "delta")));
}
var contentTypes = /\.delta$|partial_image$/;
function hasText(part) {
  const said2 = asObject(part);
  return said2 !== null && Object.entries(said2).some(
    ([name, value]) => contentNames.has(name) && value !== null && value !== "" && !isEmptyList(value)
  );
}
var contentNames = /* @__PURE__ */ new Set([
  "text",
  "content",
  "refusal",
  "reasoning",
  "reasoning_content",
  "tool_calls",
  "function_call",
  "audio"
]);
function isEmptyList(value) {
  return Array.isArray(value) && value.length === 0;
}
function isPartOfRun(json) {
  const object = field(json, "object");
  return typeof object === "string" && object.startsWith("thread.") && object !== "thread.run";
}
function dataOf(line) {
  const text = line.trim();
  if (text.startsWith("data:")) return text.slice("data:".length).trimStart();
  return text.startsWith("{") || text === "[DONE]" ? text : "";
}
function isTextDelta(data) {
  return data.startsWith('{"type":"response.output_text.delta"');
}
function hasCounts(reading) {
  return Object.values(reading.usage).some((count) => count !== null);
}

// lib/recorder/answer-watch.ts
var answerBytesMax = 1024 * 1024;
function createAnswerReader(operation, status, contentType) {
  const isStream = contentType.startsWith("text/event-stream");
  const isJson = /^application\/(.+\+)?json/.test(contentType);
  let begun = false;
  const events = createStreamReader(operation, () => {
    begun = true;
  });
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  let tooLong = false;
  const takeLines = () => {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n")) {
      events.push(text.slice(0, at));
      text = text.slice(at + 1);
    }
  };
  return {
    push(chunk) {
      bytes += chunk.byteLength;
      if (tooLong || !(isStream || isJson)) return;
      text += decoder.decode(chunk, { stream: true });
      if (isStream) takeLines();
      if (text.length <= answerBytesMax) return;
      tooLong = true;
      text = "";
    },
    bytes: () => bytes,
    begun: () => begun,
    result(whole) {
      if (isStream) {
        if (text !== "") events.push(text);
        const read = events.result();
        return { ...read, read: read.read && read.complete && !tooLong };
      }
      if (!isJson || !whole || tooLong) return null;
      try {
        return readAnswer(operation, status, JSON.parse(text));
      } catch {
        return null;
      } finally {
        text = "";
      }
    }
  };
}

// lib/recorder/echo-of.ts
function echoOf(headers) {
  const token = (name, charsMax = 128) => {
    const value = headers.get(name);
    return value !== null && value.length <= charsMax && /^[\x21-\x7e]+$/.test(value) ? value : void 0;
  };
  const ms = Number(token("openai-processing-ms", 10));
  return {
    requestId: token("x-request-id"),
    projectId: token("openai-project"),
    organization: token("openai-organization"),
    edgeCode: /-([A-Z]{3})$/.exec(headers.get("cf-ray") ?? "")?.[1],
    processingMs: Number.isInteger(ms) && ms > 0 ? ms : void 0,
    statedRegion: headers.get("x-ms-region")?.slice(0, 64) || void 0
  };
}

// lib/recorder/failure-of.ts
function failureOf(error) {
  const { name, code } = error ?? {};
  if (name === "AbortError" || name === "APIUserAbortError") return { failure: "aborted", neverSent: false };
  const cause = error?.cause;
  const text = String(cause?.code ?? code ?? "");
  const failure = failures.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return { failure, neverSent: failure !== null && beforeSending.has(failure) };
}
var beforeSending = /* @__PURE__ */ new Set(["dns", "tcp", "tls", "connect_timeout"]);
var failures = [
  [/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA)$/, "dns"],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, "tcp"],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, "connect_timeout"],
  [/CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS_|^ERR_SSL_|HOSTNAME_MISMATCH/, "tls"],
  [/^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, "idle"],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_ABORTED)$/, "reset"],
  [/^(HPE_|UND_ERR_)/, "protocol"]
];

// lib/recorder/watch-body.ts
function watchBody(response, watcher) {
  const { body } = response;
  if (body === null) return response;
  const isByteStream = takesByteReader(body);
  let taken = null;
  const reader = () => {
    taken ??= body.getReader();
    return taken;
  };
  const watch = safely(watcher);
  const source = {
    // undici cancels the body of a response that is collected before it is read: this one stays as long as its reader.
    response,
    async pull(controller) {
      try {
        const { done, value } = await reader().read();
        if (done) {
          watch.end();
          controller.close();
          return releaseByob(controller);
        }
        watch.chunk(value);
        controller.enqueue(value);
      } catch (error) {
        watch.end(error);
        throw error;
      }
    },
    cancel(reason) {
      watch.end(Object.assign(new Error("The program stopped reading."), { name: "AbortError" }));
      return reader().cancel(reason);
    }
  };
  const watched = isByteStream ? new ReadableStream({ type: "bytes", ...source }, { highWaterMark: 0 }) : new ReadableStream(source, { highWaterMark: 0 });
  const { status, statusText, headers } = response;
  const made = new Response(watched, { status, statusText, headers });
  for (const name of ["url", "redirected", "type"])
    Object.defineProperty(made, name, { value: response[name], enumerable: true, configurable: true });
  return made;
}
function releaseByob(controller) {
  controller.byobRequest?.respond(0);
}
function takesByteReader(body) {
  try {
    body.getReader({ mode: "byob" }).releaseLock();
    return true;
  } catch {
    return false;
  }
}
function safely(watcher) {
  return {
    chunk(bytes) {
      try {
        watcher.chunk(bytes);
      } catch {
      }
    },
    end(error) {
      try {
        watcher.end(error);
      } catch {
      }
    }
  };
}

// lib/recorder/exchange.ts
var requestCharsMax = 1024 * 1024;
var featuresMax2 = 32;
function beginExchange({
  url,
  method,
  body,
  traceparent,
  application,
  ended
}) {
  const startedAt = Date.now();
  const begun = performance.now();
  const id = randomUUID();
  const path = pathOf(url.pathname);
  const operation = (path === null ? null : matchOperation(method, path)) ?? unknownOperation;
  const wires = [];
  let request = null;
  let answer = null;
  let response = null;
  let status = null;
  let ttftMs = null;
  let done = false;
  const requestBytes = typeof body === "string" ? Buffer.byteLength(body) : void 0;
  let text = typeof body === "string" && body.length <= requestCharsMax ? body : null;
  setImmediate(() => {
    request = text === null ? null : readText(operation, text, path);
    text = null;
  });
  const end = (how) => {
    if (done) return;
    done = true;
    const endedAt = startedAt + Math.round(performance.now() - begun);
    const { failure, neverSent } = how.error === void 0 ? none : failureOf(how.error);
    setImmediate(() => {
      const read = answer?.result(how.whole) ?? null;
      const last = wires.at(-1) ?? null;
      const trace = /^00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(traceparent ?? "");
      const record = {
        clientId: id,
        startedAt: new Date(startedAt).toISOString(),
        endedAt: new Date(endedAt).toISOString(),
        host: last?.host ?? url.host,
        // What `fetch` was asked for is a name that somebody configured; what the socket showed is what was dialled.
        hostSource: hostSourceOf(last),
        socket: last?.socket ?? void 0,
        method,
        path: path ?? void 0,
        model: request?.model,
        modelAnswered: read?.modelAnswered,
        stream: request?.stream,
        store: request?.store.said ? request.store.value : void 0,
        background: request?.background.said ? request.background.value : void 0,
        serviceTier: read?.serviceTier ?? request?.serviceTier,
        featuresOffered: request?.featuresOffered.slice(0, featuresMax2),
        featuresUsed: read?.featuresUsed.slice(0, featuresMax2),
        requestRead: request !== null && request.unreadable.length === 0 && fits2(request.featuresOffered),
        answerRead: read?.read === true && fits2(read.featuresUsed),
        storedStateRefs: request?.storedStateRefs,
        usage: read?.usage,
        status: statusTold(status),
        errorCode: read?.errorCode,
        progress: progressOf(last, status, neverSent),
        failure: failure ?? void 0,
        ttftMs: ttftMs ?? void 0,
        requestBytes,
        responseBytes: answer !== null && !response?.has("content-encoding") ? answer.bytes() : void 0,
        echo: response === null ? void 0 : echoOf(response),
        responseId: read?.providerObjectId,
        gatewayCallId: asUuid(response?.get("x-domicile-call-id")) ?? void 0,
        traceId: trace?.[1],
        spanId: trace?.[2],
        application,
        finishReason: read?.finishReason
      };
      ended(exchange, [...redirected(wires, record), record].map(told));
    });
  };
  const exchange = {
    wires,
    answered(given) {
      status = given.status;
      response = given.headers;
      if (given.body === null) {
        end({ whole: true });
        return given;
      }
      if (given.status < 200 || given.status > 599) {
        end({ whole: false });
        return given;
      }
      answer = createAnswerReader(operation, given.status, given.headers.get("content-type") ?? "");
      return watchBody(given, {
        chunk(bytes) {
          answer?.push(bytes);
          if (answer?.begun()) ttftMs ??= Math.round(performance.now() - begun);
        },
        end: (error) => end(error === void 0 ? { whole: true } : { error, whole: false })
      });
    },
    failed: (error) => end({ error, whole: false }),
    lost: () => end({ whole: false })
  };
  return exchange;
}
var none = { failure: null, neverSent: false };
function fits2(features) {
  return features.length <= featuresMax2;
}
function pathOf(pathname) {
  const path = pathname.slice(Math.max(pathname.indexOf("/v1/"), 0));
  return path.length <= 2048 && /^[\x21-\x7e]+$/.test(path) ? path : null;
}
function readText(operation, text, path) {
  try {
    return readRequest(operation, JSON.parse(text), path);
  } catch {
    return null;
  }
}
function hostSourceOf(wire) {
  const socket = wire?.socket;
  return socket?.address !== void 0 || socket?.tlsVerified === true ? "log" : "label";
}
function statusTold(status) {
  return status !== null && status >= 100 && status <= 599 ? status : void 0;
}
function progressOf(wire, status, neverSent) {
  if (status !== null) return "sent";
  if (neverSent) return "not_sent";
  if (wire === null) return "unknown";
  if (wire.socket === null) return "not_sent";
  return wire.bodySent ? "sent" : "partial";
}
function redirected(wires, record) {
  return wires.slice(0, -1).map((wire, at) => ({
    ...record,
    clientId: `${record.clientId}.${at + 1}`,
    startedAt: new Date(wire.startedAt).toISOString(),
    endedAt: wire.ms === null ? void 0 : new Date(wire.startedAt + wire.ms).toISOString(),
    host: wire.host,
    hostSource: hostSourceOf(wire),
    socket: wire.socket ?? void 0,
    method: wire.method,
    path: pathOf(wire.path) ?? void 0,
    status: statusTold(wire.status),
    progress: progressOf(wire, wire.status, false),
    answerRead: false,
    modelAnswered: void 0,
    featuresUsed: void 0,
    usage: void 0,
    echo: void 0,
    gatewayCallId: void 0,
    responseId: void 0,
    finishReason: void 0,
    ttftMs: void 0,
    responseBytes: void 0,
    errorCode: void 0,
    failure: void 0
  }));
}
function told(record) {
  return JSON.parse(JSON.stringify(record, (_, value) => value === null ? void 0 : value));
}

// lib/recorder/shipper.ts
function createShipper(options) {
  const counts = { waiting: 0, sent: 0, refused: 0, dropped: 0 };
  const waiting = [];
  let timer = null;
  let timerAt = 0;
  let sending = null;
  let failures2 = 0;
  let closed = false;
  const later = (ms) => {
    const at = performance.now() + ms;
    if (closed || sending !== null || timer !== null && timerAt <= at) return;
    if (timer !== null) clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(() => {
      timer = null;
      void send();
    }, ms);
    timer.unref?.();
  };
  const send = () => {
    sending ??= sendBatch().finally(() => {
      sending = null;
      if (waiting.length > 0) later(failures2 === 0 ? 0 : waitMs);
    });
    return sending;
  };
  let waitMs = 0;
  const sendBatch = async () => {
    const batch = waiting.slice(0, options.batchMax);
    if (batch.length === 0) return true;
    const response = await post(options, batch).catch(() => null);
    const again = response === null || response.status === 408 || response.status === 429 || response.status >= 500;
    if (again) {
      failures2++;
      const asked = Number(response?.headers.get("retry-after")) * 1e3;
      const askedMs = Number.isFinite(asked) ? asked : 0;
      waitMs = Math.min(Math.max(askedMs, options.everyMs * 2 ** Math.min(failures2, 6)), 6e4);
      await response?.body?.cancel().catch(() => void 0);
      return false;
    }
    failures2 = 0;
    waiting.splice(0, batch.length);
    counts.waiting = waiting.length;
    const refused = response.ok ? await refusedOf(response) : batch.length;
    counts.refused += refused;
    counts.sent += batch.length - refused;
    return true;
  };
  return {
    counts,
    add(record) {
      if (closed || waiting.length >= options.waitingMax) {
        counts.dropped++;
        return;
      }
      waiting.push(record);
      counts.waiting = waiting.length;
      later(failures2 > 0 ? waitMs : waiting.length >= options.batchMax ? 0 : options.everyMs);
    },
    async flush(msMax) {
      const until = Date.now() + msMax;
      let timeout;
      const over = new Promise((resolve) => {
        timeout = setTimeout(() => resolve(false), msMax);
      });
      while (waiting.length > 0 && Date.now() < until) if (!await Promise.race([send(), over])) break;
      clearTimeout(timeout);
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      counts.dropped += waiting.length;
      waiting.length = 0;
      counts.waiting = 0;
    }
  };
}
async function post(options, batch) {
  return await options.fetch(`${options.url.replace(/\/+$/, "")}/intake/v1/calls`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${options.key}` },
    body: JSON.stringify(batch),
    redirect: "error",
    signal: AbortSignal.timeout(options.timeoutMs)
  });
}
async function refusedOf(response) {
  const said2 = await response.json().catch(() => null);
  return (said2?.counts?.rejected ?? 0) + (said2?.counts?.conflict ?? 0);
}

// lib/recorder/wire-facts.ts
import { createHash } from "node:crypto";
import { channel } from "node:diagnostics_channel";
function watchWires(storage) {
  const wires = /* @__PURE__ */ new WeakMap();
  const listen = (name, told2) => {
    const found = channel(name);
    const safely2 = (message) => {
      try {
        told2(message);
      } catch {
      }
    };
    found.subscribe(safely2);
    return () => void found.unsubscribe(safely2);
  };
  const stops = [
    listen("undici:request:create", ({ request }) => {
      if (request.method === "CONNECT") {
        tunnels.add(request);
        return;
      }
      const call = storage.getStore();
      if (!call) return;
      const path = String(request.path);
      const asked = /^https?:\/\//i.test(path) ? new URL(path) : null;
      if (asked) tunnels.add(request);
      const { host } = asked ?? new URL(String(request.origin));
      const wire = {
        host,
        path: (asked?.pathname ?? path).split("?", 1)[0] ?? "",
        method: String(request.method),
        startedAt: Date.now(),
        begun: performance.now(),
        ms: null,
        socket: null,
        bodySent: false,
        status: null
      };
      wires.set(request, wire);
      call.wires.push(wire);
    }),
    listen("undici:client:sendHeaders", ({ request, socket }) => {
      if (tunnels.has(request)) proxied.add(socket);
      const wire = wires.get(request);
      if (wire) wire.socket = factsOf(socket);
    }),
    listen("undici:request:bodySent", ({ request }) => {
      const wire = wires.get(request);
      if (wire) wire.bodySent = true;
    }),
    listen(
      "undici:request:headers",
      ({ request, response }) => {
        const wire = wires.get(request);
        if (!wire) return;
        wire.status = response.statusCode;
        wire.ms = Math.round(performance.now() - wire.begun);
      }
    )
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
var known = /* @__PURE__ */ new WeakMap();
var tunnels = /* @__PURE__ */ new WeakSet();
var proxied = /* @__PURE__ */ new WeakSet();
function factsOf(socket) {
  const before = known.get(socket);
  if (before) return before;
  const tls = socket;
  const isProxied = proxied.has(socket) || tls._parent !== void 0 && tls._parent !== null && proxied.has(tls._parent);
  const secure = tls.encrypted === true;
  const facts = {
    ...!isProxied && { address: socket.remoteAddress, port: socket.remotePort },
    ...secure && {
      tlsName: typeof tls.servername === "string" ? tls.servername : void 0,
      tlsVerified: tls.authorized === true,
      tlsProtocol: tls.getProtocol?.() ?? void 0,
      peerKeySha256: keyHashOf(tls)
    }
  };
  known.set(socket, facts);
  return facts;
}
function keyHashOf(tls) {
  const key = tls.getPeerX509Certificate?.()?.publicKey.export({ type: "spki", format: "der" });
  return key && createHash("sha256").update(key).digest("hex");
}

// lib/recorder/recorder.ts
var openMax = 1e4;
function createRecorder(options) {
  const inner = options.fetch ?? globalThis.fetch.bind(globalThis);
  const storage = new AsyncLocalStorage();
  const shipper = createShipper({
    url: options.url,
    key: options.key,
    fetch: globalThis.fetch.bind(globalThis),
    waitingMax: options.waitingMax ?? 2e3,
    batchMax: Math.min(options.batchMax ?? 100, 1e3),
    everyMs: options.everyMs ?? 2e3,
    timeoutMs: options.timeoutMs ?? 5e3
  });
  const open = /* @__PURE__ */ new Set();
  const unread = new FinalizationRegistry((exchange) => exchange.lost());
  const unwatch = watchWires(storage);
  let recorded = 0;
  let missed = 0;
  let closed = false;
  const ended = (exchange, records) => {
    open.delete(exchange);
    recorded += records.length;
    storage.run(null, () => {
      for (const record of records) shipper.add(record);
    });
  };
  const begin = (input, init) => {
    if (closed) return null;
    const request = typeof input === "object" && "url" in input ? input : null;
    const url = new URL(request?.url ?? String(input));
    const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
    if (!(options.isCall ?? isCall)(url, method)) return null;
    if (open.size >= openMax) {
      missed++;
      return null;
    }
    const headers = new Headers(init?.headers ?? request?.headers);
    const traceparent = headers.get("traceparent");
    const { application } = options;
    const exchange = beginExchange({ url, method, body: init?.body, traceparent, application, ended });
    open.add(exchange);
    return exchange;
  };
  const recording = async (input, init) => {
    const exchange = quietly(() => begin(input, init));
    if (exchange === null) return await inner(input, init);
    let response;
    try {
      response = await storage.run(exchange, () => inner(input, init));
    } catch (error) {
      quietly(() => exchange.failed(error));
      throw error;
    }
    return quietly(() => {
      const watched = exchange.answered(response);
      if (watched.body !== null) unread.register(watched.body, exchange);
      return watched;
    }) ?? response;
  };
  const flush = async (msMax = 2e3) => {
    await new Promise((resolve) => setImmediate(resolve));
    await storage.run(null, () => shipper.flush(msMax));
  };
  const beforeExit = () => {
    if (shipper.counts.waiting > 0) void flush();
  };
  process.once("beforeExit", beforeExit);
  return {
    fetch: recording,
    install() {
      const before = globalThis.fetch;
      globalThis.fetch = recording;
      return () => {
        if (globalThis.fetch === recording) globalThis.fetch = before;
      };
    },
    flush,
    async close(msMax) {
      for (const exchange of [...open]) exchange.lost();
      await flush(msMax);
      closed = true;
      unwatch();
      process.off("beforeExit", beforeExit);
      shipper.close();
    },
    stats: () => ({ recorded, ...shipper.counts, dropped: shipper.counts.dropped + missed })
  };
}
function isCall({ hostname, pathname }, method) {
  if (/openai/i.test(hostname)) return true;
  const at = pathname.indexOf("/v1/");
  return at !== -1 && matchOperation(method, pathname.slice(at)) !== null;
}
function quietly(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
export {
  createRecorder
};
