import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { CallProof, CheckpointPage, LedgerOverview, LogDetail } from "../contracts/ledger.ts";
import { type LogName, logParams } from "../contracts/ledger-parsers.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextPage } from "./next-page.ts";

/** As often as the signer signs. */
const signedEveryMs = 10_000;

/** Every log of a tenant, or of all the reader's: what the overview and the list of logs show. */
export function ledgerQuery(tenant: string | null) {
  const params = new URLSearchParams(tenant === null ? {} : { tenant });
  return queryOptions({
    queryKey: ["ledger", "logs", tenant] as const,
    queryFn: ({ signal }) => fetchJson<LedgerOverview>(`/api/ledger?${params}`, { signal }),
    refetchInterval: 3 * signedEveryMs,
  });
}

export function logQuery(name: LogName) {
  return queryOptions({
    queryKey: ["ledger", "log", name] as const,
    queryFn: ({ signal }) => fetchJson<LogDetail>(`/api/ledger/log?${logParams(name)}`, { signal }),
    refetchInterval: signedEveryMs,
  });
}

/** A log's checkpoints, newest first, pages by keyset. */
export function checkpointsQuery(name: LogName) {
  return infiniteQueryOptions({
    queryKey: ["ledger", "checkpoints", name] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = logParams(name);
      if (pageParam !== null) nextPage(params, pageParam);
      return fetchJson<CheckpointPage>(`/api/ledger/checkpoints?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** What the ledger holds of a call. An entry that waits is asked for again; one that is signed never changes. */
export function callProofQuery(id: string) {
  return queryOptions({
    queryKey: ["calls", "proof", id] as const,
    queryFn: ({ signal }) => fetchJson<CallProof>(`/api/calls/${encodeURIComponent(id)}/proof`, { signal }),
    staleTime: ({ state }) => (state.data?.state === "waiting" ? 0 : Number.POSITIVE_INFINITY),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? signedEveryMs / 2 : false),
  });
}

/** The check of a proof in this browser. The code for it is fetched when it is first needed. */
export function callProofCheckQuery(id: string, { proof, size }: Extract<CallProof, { state: "proven" }>) {
  return queryOptions({
    queryKey: ["calls", "proof", id, "check", size] as const,
    queryFn: async ({ signal }) => {
      const { checkCallProof } = await import("./check-call-proof.ts");
      return checkCallProof(id, proof, signal);
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
