import { expect, it } from "vitest";
import { genAiName } from "./match-operation.ts";

it.each([
  ["chat.completions.create", "chat"],
  ["responses.create", "chat"],
  ["embeddings.create", "embeddings"],
  ["completions.create", "text_completion"],
  ["images.generate", "generate_content"],
  ["audio.speech.create", "generate_content"],
  ["audio.transcriptions.create", "audio.transcriptions.create"],
  ["vector_stores.search", "retrieval"],
  ["threads.runs.create", "invoke_agent"],
  ["threads.create_and_run", "invoke_agent"],
  ["agents.sessions.create", "invoke_agent"],
  ["responses.connect", "chat"],
  ["assistants.create", "create_agent"],
  ["agents.create", "create_agent"],
  ["files.create", "files.create"],
])("%s is %s to OpenTelemetry", (id, name) => {
  expect(genAiName(id)).toBe(name);
});
