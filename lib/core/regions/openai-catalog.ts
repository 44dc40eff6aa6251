import type { Catalog } from "./catalog.ts";
import { endpoints } from "./openai/endpoints.ts";
import { features } from "./openai/features.ts";
import { hosts, lookalikes } from "./openai/hosts.ts";
import { models } from "./openai/models.ts";
import { regions } from "./openai/regions.ts";
import { sources } from "./openai/sources.ts";

/**
 * OpenAI's data residency as of 2026-11-22, version 1. Never edited after it has judged a call: a
 * correction is a new version.
 */
export const openaiCatalog: Catalog = {
  provider: "openai",
  version: 1,
  asOf: "2026-11-22",
  caveat:
    "Endpoint and model rows rest on a translated copy of OpenAI's page and are confirmed by nobody yet. What Australia, India and Japan process is not known.",
  sources,
  regions,
  endpoints,
  models,
  features,
  hosts,
  lookalikes,
};
