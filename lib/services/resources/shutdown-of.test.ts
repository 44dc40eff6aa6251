import { expect, it } from "vitest";
import { openaiCatalog } from "../../core/regions/openai-catalog.ts";
import { shutdownOf } from "./shutdown-of.ts";

const ending = openaiCatalog.models.find(({ shutdown }) => shutdown !== null);
const staying = openaiCatalog.models.find(({ shutdown }) => shutdown === null);

it("says when a tuned model ends: with the model it was tuned from", () => {
  expect(shutdownOf("model", `ft:${ending?.id}:bank::abc`, openaiCatalog)).toEqual({
    kind: "announced",
    of: ending?.id,
    on: ending?.shutdown?.on,
    replacement: ending?.shutdown?.replacement,
  });
  expect(shutdownOf("model", `ft:${staying?.id}:bank::abc`, openaiCatalog)).toEqual({
    kind: "none_announced",
    of: staying?.id,
  });
});

it("says of a surface what the catalog says of it, and nothing of what it has no row for", () => {
  expect(shutdownOf("assistant", "asst_1", openaiCatalog)).toMatchObject({
    kind: "announced",
    of: "/v1/assistants",
  });
  expect(shutdownOf("batch", "batch_1", openaiCatalog)).toEqual({
    kind: "none_announced",
    of: "/v1/batches",
  });
  for (const [kind, id] of [
    ["model", "ft:nobody-knows:bank::abc"],
    ["model", "my-model"],
    ["container", "cntr_1"],
  ] as const)
    expect(shutdownOf(kind, id, openaiCatalog)).toEqual({ kind: "unknown" });
});
