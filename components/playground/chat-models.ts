import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";

/** Models the catalog lists for chat completions. Any other name may be typed. */
export const chatModels: readonly string[] = openaiCatalog.models
  .filter(({ endpoints }) => endpoints.includes("/v1/chat/completions"))
  .map(({ id }) => id);

export const defaultModel = chatModels.includes("gpt-5.4-mini-2026-03-17")
  ? "gpt-5.4-mini-2026-03-17"
  : (chatModels[0] ?? "");
