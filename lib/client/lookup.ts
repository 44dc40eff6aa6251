import { queryOptions } from "@tanstack/react-query";
import type { LookupItem } from "../contracts/lookup.ts";
import { readReference } from "../core/words/read-reference.ts";
import { fetchJson } from "./fetch-json.ts";

/** What a number or an id names. Asked only for what is one. */
export function lookupQuery(typed: string) {
  const q = typed.trim();
  return queryOptions({
    queryKey: ["lookup", q] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly LookupItem[]>(`/api/lookup?${new URLSearchParams({ q })}`, { signal }),
    enabled: readReference(q) !== null,
  });
}
