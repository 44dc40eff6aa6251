import { describe, expect, it } from "vitest";
import { operationRows } from "../calls/operations-table.ts";
import { freeOperations } from "./free-operations.ts";

describe("operations that no token pays for", () => {
  it.each([
    "models.list",
    "responses.retrieve",
    "responses.delete",
    "files.create",
    "uploads.parts.create",
    "batches.cancel",
    "threads.messages.create",
    "conversations.items.create",
    "agents.sessions.update",
    "agents.environments.create",
    "vaults.credentials.create",
    "webhook_endpoints.test",
  ])("%s is one", (id) => {
    expect(freeOperations).toContain(id);
  });

  it.each([
    "chat.completions.create",
    "responses.create",
    "responses.compact",
    "embeddings.create",
    "images.generate",
    "audio.speech.create",
    "batches.create",
    "fine_tuning.jobs.create",
    "threads.runs.create",
    "threads.create_and_run",
    "realtime.connect",
    "realtime.translations.connect",
    "responses.connect",
    "live.create",
    "agents.sessions.create",
    "agents.sessions.events.create",
    "agents.automations.invocations.create",
    "videos.create",
    "evals.runs.create",
    "vector_stores.search",
    "unknown",
  ])("%s is none", (id) => {
    expect(freeOperations).not.toContain(id);
  });

  it("are operations of the table, each once", () => {
    const known = new Set(operationRows.map(([, , id]) => id));
    expect(freeOperations.filter((id) => !known.has(id))).toEqual([]);
    expect(freeOperations.length).toBeGreaterThan(50);
  });
});
