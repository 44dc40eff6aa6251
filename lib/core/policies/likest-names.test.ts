import { expect, it } from "vitest";
import type { Catalog } from "../regions/catalog.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { preset } from "../testing/case.ts";
import { modelRefusal } from "./model-refusal.ts";

it("offers the models whose names begin most like the one that was asked for, the likest first", () => {
  const eu = openaiCatalog.regions.find(({ code }) => code === "eu");
  const listed = openaiCatalog.models.find(({ id }) => id === "gpt-4o-2024-08-06");
  if (!eu || !listed) throw new Error("The catalog lost what this test stands on.");
  const names = ["zzz-1", "fast", "faster-model", "faster-m", "faster-mode"];
  const catalog: Catalog = {
    ...openaiCatalog,
    models: names.map((id) => ({ ...listed, id, shutdown: null })),
  };
  const { policy } = preset("eea_ch");
  const question = { policy, catalog, endpoint: "/v1/chat/completions", at: "2026-11-22T09:00:00.000Z" };
  expect(modelRefusal({ ...question, model: "faster-model-9" }, eu)).toContain(
    "Listed alternatives: faster-model, faster-mode, faster-m.",
  );
});
