import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { daysPassed, retentionOf } from "./retention-of.ts";

describe("how long the provider keeps an object", () => {
  it("is what the catalog says of the endpoint, with its version", () => {
    const row = openaiCatalog.endpoints.find(({ path }) => path === "/v1/responses");
    expect(retentionOf("response", openaiCatalog)).toEqual({
      days: row?.stateRetentionDays,
      note: row?.note,
      catalogVersion: openaiCatalog.version,
    });
    expect(row?.stateRetentionDays).toBe(30);
  });

  it.each(["container", "constructor", "nothing"])(
    "is not known of what the catalog has no row for: %s",
    (kind) => {
      expect(retentionOf(kind, openaiCatalog)).toBeNull();
    },
  );

  it("has passed for what was made longer ago than that, of kinds that have such a number", () => {
    const passed = daysPassed(openaiCatalog, new Date("2026-11-29T12:00:00.000Z"));
    expect(passed).toContainEqual({ kind: "response", madeBefore: new Date("2026-10-30T12:00:00.000Z") });
    for (const { kind } of passed) expect(retentionOf(kind, openaiCatalog)?.days).toBeTypeOf("number");
    expect(passed.map(({ kind }) => kind)).not.toContain("vector_store");
  });
});
