import type { BodyReading } from "../../calls/call-facts.ts";

type Row = {
  readonly id: string;
  readonly endpoint: string | null;
  /** A model that the provider lists for it, in the request and in the answer; null: it names none. */
  readonly model: string | null;
  readonly body?: BodyReading;
  readonly meta?: true;
};

/** Operations of the table, with the endpoint of OpenAI's data guide that each belongs to. */
export const operations = {
  chat: { id: "chat.completions.create", endpoint: "/v1/chat/completions", model: "gpt-4o-2024-08-06" },
  chatRead: { id: "chat.completions.retrieve", endpoint: "/v1/chat/completions", model: null, body: "none" },
  responses: { id: "responses.create", endpoint: "/v1/responses", model: "gpt-4o-2024-08-06" },
  responseRead: { id: "responses.retrieve", endpoint: "/v1/responses", model: null, body: "none" },
  decisions: { id: "decisions.create", endpoint: "/v1/decisions", model: "gpt-6-luna" },
  embeddings: { id: "embeddings.create", endpoint: "/v1/embeddings", model: "text-embedding-3-large" },
  completions: { id: "completions.create", endpoint: "/v1/completions", model: "gpt-3.5-turbo-instruct" },
  moderations: { id: "moderations.create", endpoint: "/v1/moderations", model: "omni-moderation-latest" },
  speech: { id: "audio.speech.create", endpoint: "/v1/audio/speech", model: "gpt-4o-tts" },
  transcription: {
    id: "audio.transcriptions.create",
    endpoint: "/v1/audio/transcriptions",
    model: "whisper-1",
  },
  translation: { id: "audio.translations.create", endpoint: "/v1/audio/translations", model: "whisper-1" },
  voices: { id: "audio.voices.create", endpoint: "/v1/audio/voices", model: null },
  images: { id: "images.generate", endpoint: "/v1/images/generations", model: "gpt-image-2" },
  imageEdits: { id: "images.edit", endpoint: "/v1/images/edits", model: "gpt-image-2" },
  files: { id: "files.create", endpoint: "/v1/files", model: null, body: "unread" },
  fileContent: { id: "files.content", endpoint: "/v1/files", model: null, body: "none" },
  vectorStores: { id: "vector_stores.create", endpoint: "/v1/vector_stores", model: null },
  vectorSearch: { id: "vector_stores.search", endpoint: "/v1/vector_stores", model: null },
  batches: { id: "batches.create", endpoint: "/v1/batches", model: null },
  fineTuning: { id: "fine_tuning.jobs.create", endpoint: "/v1/fine_tuning/jobs", model: "gpt-4o-2024-08-06" },
  evals: { id: "evals.create", endpoint: "/v1/evals", model: null },
  realtime: { id: "realtime.connect", endpoint: "/v1/realtime", model: "gpt-realtime-2" },
  clientSecret: {
    id: "realtime.client_secrets.create",
    endpoint: "/v1/realtime",
    model: "gpt-realtime-2",
  },
  webrtc: { id: "realtime.calls.create", endpoint: "/v1/realtime", model: "gpt-realtime-2" },
  realtimeScribe: {
    id: "realtime.transcription_sessions.create",
    endpoint: "/v1/realtime/transcription_sessions",
    model: "gpt-realtime-whisper",
  },
  realtimeTranslate: {
    id: "realtime.translations.create",
    endpoint: "/v1/realtime/translations",
    model: "gpt-realtime-translate",
  },
  live: { id: "live.sessions.create", endpoint: "/v1/live/sessions", model: "gpt-live-1" },
  conversations: { id: "conversations.create", endpoint: "/v1/conversations", model: null },
  items: { id: "conversations.items.create", endpoint: "/v1/conversations/items", model: null },
  chatkit: { id: "chatkit.threads.retrieve", endpoint: "/v1/chatkit/threads", model: null, body: "none" },
  agents: { id: "agents.create", endpoint: "/v1/agents", model: null },
  assistants: { id: "assistants.create", endpoint: "/v1/assistants", model: null },
  threads: { id: "threads.create", endpoint: "/v1/threads", model: null },
  runs: { id: "threads.runs.create", endpoint: "/v1/threads/runs", model: null },
  videos: { id: "videos.create", endpoint: null, model: null },
  traces: { id: "traces.ingest", endpoint: "/v1/traces/ingest", model: null },
  models: { id: "models.list", endpoint: null, model: null, body: "none", meta: true },
  fileList: { id: "files.list", endpoint: "/v1/files", model: null, body: "none", meta: true },
  fileDelete: { id: "files.delete", endpoint: "/v1/files", model: null, body: "none", meta: true },
} as const satisfies Record<string, Row>;

export type OperationName = keyof typeof operations;

export function operationNamed(name: OperationName): Row {
  return operations[name];
}
