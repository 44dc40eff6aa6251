import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";

/** Models the catalog lists for chat completions. Any other name may be typed. */
export function chatModelsOf({ models }: Catalog): readonly string[] {
  return models.filter(({ endpoints }) => endpoints.includes("/v1/chat/completions")).map(({ id }) => id);
}

const shipped = chatModelsOf(openaiCatalog);

export const defaultModel = shipped.includes("gpt-5.4-mini-2026-03-17")
  ? "gpt-5.4-mini-2026-03-17"
  : (shipped[0] ?? "");
