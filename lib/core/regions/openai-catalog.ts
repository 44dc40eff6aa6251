import type { Catalog } from "./catalog.ts";
import { aliases } from "./openai/aliases.ts";
import { endpoints } from "./openai/endpoints.ts";
import { features } from "./openai/features.ts";
import { hosts, lookalikes } from "./openai/hosts.ts";
import { models } from "./openai/models.ts";
import { regions } from "./openai/regions.ts";
import { sources } from "./openai/sources.ts";

/**
 * OpenAI's data residency as of 2026-11-22, as it comes with the program. A new deployment keeps it as its version
 * 1. A later `edition` is offered there as a change to adopt; what a deployment published itself stays.
 */
export const openaiCatalog: Catalog = {
  provider: "openai",
  version: 1,
  edition: 4,
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
  aliases,
};
