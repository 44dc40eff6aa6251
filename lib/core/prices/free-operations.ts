import { operationRows } from "../calls/operations-table.ts";

/** POSTs that keep, name or end something, and run no model. */
const keeping: ReadonlySet<string> = new Set([
  "responses.input_tokens.count",
  "audio.voices.create",
  "audio.voice_consents.create",
  "audio.voice_consents.update",
  "fine_tuning.graders.validate",
  "realtime.client_secrets.create",
  "realtime.translations.client_secrets.create",
  "realtime.sessions.create",
  "realtime.transcription_sessions.create",
  "chatkit.sessions.create",
  "containers.files.create",
  "vector_stores.create",
  "vector_stores.update",
  "evals.create",
  "evals.update",
  "skills.create",
  "skills.versions.create",
  "content_provenance_checks.create",
  "traces.ingest",
]);

const nouns = /^(?:files|uploads|conversations|assistants|agents|vaults|webhook_endpoints)\./;
const ends = /\.(?:cancel|update)$/;
const keptInThreads = /^threads\.(?:create$|messages\.)/;

/** They run a model, whatever their method and noun say: they open a session for it, or have an agent work. */
const running: ReadonlySet<string> = new Set([
  "responses.connect",
  "realtime.connect",
  "realtime.translations.connect",
  "agents.sessions.create",
  "agents.sessions.events.create",
  "agents.automations.invocations.create",
]);

/**
 * Operations that are paid by no token: lists, states, deletions, and what only keeps something. A call of one of them that
 * tells no tokens is not one whose cost is unknown. What a provider charges for keeping things by the day is in no call.
 * Source: OpenAI's pricing page names models, tools and storage (read 2026-11).
 */
export const freeOperations: readonly string[] = operationRows
  .filter(([method, , id, , carries]) => {
    if (running.has(id)) return false;
    if (method !== "POST" || carries === "meta") return true;
    return keeping.has(id) || nouns.test(id) || ends.test(id) || keptInThreads.test(id);
  })
  .map(([, , id]) => id);
