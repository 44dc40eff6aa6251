import { operationById } from "../calls/operation-by-id.ts";
import { tellsBatches, type UsageKind, usageKinds } from "./usage-kind.ts";

/**
 * Which usage endpoint counts one request of an operation. Chat completions, responses and completions are one endpoint
 * there (OpenAI's reference, Usage; client `openai` 7.57.0, `resources/admin/organization/usage.d.ts`, read 2026-11-30).
 */
const counted: Readonly<Record<string, UsageKind>> = {
  "chat.completions.create": "completions",
  "responses.create": "completions",
  "responses.compact": "completions",
  "completions.create": "completions",
  "embeddings.create": "embeddings",
  "moderations.create": "moderations",
  "images.generate": "images",
  "images.edit": "images",
  "images.create_variation": "images",
  "audio.speech.create": "audio_speeches",
  "audio.transcriptions.create": "audio_transcriptions",
  "audio.translations.create": "audio_transcriptions",
};

const spoken: readonly UsageKind[] = ["completions", "audio_speeches", "audio_transcriptions"];
/** Of lines of a batch, those of completions alone are told apart. */
const batched: readonly UsageKind[] = usageKinds.filter((kind) => !tellsBatches(kind));
const indexed: readonly UsageKind[] = ["embeddings"];

/** Kinds of which a call that may use a tool at the provider can be any number: the model again, images it draws, files it searches. */
export const toolKinds: readonly UsageKind[] = ["completions", "embeddings", "images"];

/**
 * What one recorded call may be any number of requests of: the provider goes on by itself, for a session, a run, an evaluation,
 * a job, or the lines of a batch. How it counts these its reference does not say, so they excuse whatever it may count.
 */
const open: Readonly<Record<string, readonly UsageKind[]>> = {
  "responses.connect": toolKinds,
  "realtime.connect": spoken,
  "realtime.translations.connect": spoken,
  "realtime.translations.create": spoken,
  "realtime.calls.create": spoken,
  "realtime.calls.accept": spoken,
  "realtime.calls.act": spoken,
  "realtime.sessions.create": spoken,
  "realtime.transcription_sessions.create": spoken,
  "realtime.client_secrets.create": spoken,
  "realtime.translations.client_secrets.create": spoken,
  "live.create": usageKinds,
  "live.sessions.accept": usageKinds,
  "live.sessions.fork": usageKinds,
  "live.sessions.act": usageKinds,
  "batches.create": batched,
  "vector_stores.create": indexed,
  "vector_stores.update": indexed,
  "vector_stores.search": indexed,
  "vector_stores.files.create": indexed,
  "vector_stores.file_batches.create": indexed,
  "threads.create_and_run": usageKinds,
  "threads.runs.create": usageKinds,
  "threads.runs.submit_tool_outputs": usageKinds,
  "evals.create": usageKinds,
  "evals.runs.create": usageKinds,
  "fine_tuning.jobs.create": usageKinds,
  "fine_tuning.jobs.resume": usageKinds,
  "fine_tuning.graders.run": usageKinds,
  "agents.create": usageKinds,
  "agents.update": usageKinds,
  "agents.sessions.create": usageKinds,
  "agents.sessions.update": usageKinds,
  "agents.sessions.events.create": usageKinds,
  "agents.automations.create": usageKinds,
  "agents.automations.update": usageKinds,
  "agents.automations.resume": usageKinds,
  "agents.automations.invocations.create": usageKinds,
  "chatkit.sessions.create": usageKinds,
  "decisions.create": usageKinds,
};

/** null: none of the usage endpoints that are read counts it as one request: files, lists, states, runs. */
export function usageKindOf(operation: string): UsageKind | null {
  return counted[operation] ?? null;
}

/** Operations of which one call is one request of a kind. */
export function operationsOf(kind: UsageKind): readonly string[] {
  return Object.keys(counted).filter((operation) => counted[operation] === kind);
}

/** Kinds of which one call of this operation may be any number of requests. What we do not know may be anything. */
export function openKindsOf(operation: string): readonly UsageKind[] {
  return open[operation] ?? (operationById(operation) === null ? usageKinds : []);
}

/** Operations with open kinds, apart from those that we do not know. */
export const openOperations: readonly string[] = Object.keys(open);

/** Operations that may use a tool that runs at the provider, which then asks models as often as it needs. */
export const toolOperations: readonly string[] = ["chat.completions.create", "responses.create"];

/** Features of a request that are no tools at the provider: the request stays one. `computer_use` runs at the caller. */
export const plainFeatures: readonly string[] = [
  "structured_outputs",
  "input_modalities",
  "extended_prompt_caching",
  "inline_file",
  "file_upload",
  "computer_use",
  "scale_tier",
];
