import type { ObjectKind } from "../../lib/core/calls/provider-object.ts";

/** Kinds of stored objects on screen. */
const kindWords: Readonly<Record<ObjectKind, string>> = {
  file: "File",
  upload: "Upload",
  batch: "Batch",
  fine_tuning_job: "Fine-tuning job",
  model: "Fine-tuned model",
  vector_store: "Vector store",
  response: "Stored response",
  chat_completion: "Stored chat completion",
  conversation: "Conversation",
  item: "Conversation item",
  prompt: "Stored prompt",
  container: "Container",
  assistant: "Assistant (ended)",
  thread: "Thread (ended)",
};

/** A kind as the screen says it; one nobody foresaw is shown as it is recorded. */
export function kindWord(kind: string): string {
  return kindWords[kind as ObjectKind] ?? kind;
}
