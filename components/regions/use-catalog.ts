"use client";

import { useQuery } from "@tanstack/react-query";
import { catalogQuery } from "../../lib/client/catalog.ts";
import type { Catalog } from "../../lib/core/regions/catalog.ts";
import { openaiCatalog } from "../../lib/core/regions/openai-catalog.ts";

/** The catalog in force; while it is read, the one that came with the program. The server decides by its own. */
export function useCatalog(): Catalog {
  return useQuery(catalogQuery()).data?.catalog ?? openaiCatalog;
}
