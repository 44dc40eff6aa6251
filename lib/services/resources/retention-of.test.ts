import { describe, expect, it } from "vitest";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { retentionOf } from "./retention-of.ts";

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
});
