import type { AliasRow } from "../catalog.ts";

/** Names that answers give for listed models. What stands for a dated snapshot is for an admin to record. */
export const aliases: readonly AliasRow[] = [
  {
    alias: "text-embedding-ada-002-v2",
    model: "text-embedding-ada-002",
    sourceId: "ada-answers",
    asOf: "2026-11-30",
  },
];
