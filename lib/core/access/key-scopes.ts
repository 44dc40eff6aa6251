/** What a key may be confined to: groups of OpenAI's surfaces, in the order that pages list them. */
export const keyScopes = [
  "inference",
  "files",
  "batch",
  "fine_tuning",
  "conversations",
  "realtime",
  "other",
] as const;
export type KeyScope = (typeof keyScopes)[number];

export const keyScopeWords: Readonly<Record<KeyScope, { readonly title: string; readonly meaning: string }>> =
  {
    inference: { title: "Inference", meaning: "Chat, responses, embeddings, images, audio, moderations" },
    files: { title: "Files", meaning: "Files, uploads, vector stores, containers" },
    batch: { title: "Batches", meaning: "Batches and their states" },
    fine_tuning: { title: "Fine-tuning", meaning: "Jobs, checkpoints, deleting tuned models" },
    conversations: { title: "Conversations", meaning: "Conversations, assistants, threads, agents" },
    realtime: { title: "Realtime", meaning: "Realtime and live sessions" },
    other: {
      title: "Everything else",
      meaning: "Evals, videos, vaults, webhooks, and paths nobody has listed",
    },
  };

/** First words of an operation's name, and the scope it needs. Listing models needs none. */
const scopeOfNoun: Readonly<Record<string, KeyScope>> = {
  chat: "inference",
  responses: "inference",
  completions: "inference",
  embeddings: "inference",
  moderations: "inference",
  images: "inference",
  audio: "inference",
  decisions: "inference",
  files: "files",
  uploads: "files",
  vector_stores: "files",
  containers: "files",
  skills: "files",
  batches: "batch",
  fine_tuning: "fine_tuning",
  conversations: "conversations",
  assistants: "conversations",
  threads: "conversations",
  chatkit: "conversations",
  agents: "conversations",
  realtime: "realtime",
  live: "realtime",
};

/** The scope that an operation needs; null: every key may. */
export function scopeOfOperation(operation: string): KeyScope | null {
  if (operation === "models.list" || operation === "models.retrieve") return null;
  if (operation === "models.delete") return "fine_tuning";
  const noun = operation.split(".")[0] ?? "";
  return Object.hasOwn(scopeOfNoun, noun) ? (scopeOfNoun[noun] ?? "other") : "other";
}

/** `scopes` empty: every one. */
export function mayCall(scopes: readonly KeyScope[], operation: string): boolean {
  const needed = scopeOfOperation(operation);
  return scopes.length === 0 || needed === null || scopes.includes(needed);
}
