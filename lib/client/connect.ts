import { queryOptions } from "@tanstack/react-query";
import type { ConnectivityInput, FirstCall, TestedStep } from "../contracts/connectivity.ts";
import { fetchJson, fetchLines } from "./fetch-json.ts";

const askEveryMs = 1_500;

/** Waits for the first call of an application that is recorded from the first question on; asks no more when it is there. */
export function firstCallQuery(tenant: string, application: string, round: number) {
  const queryKey = ["connect", "first-call", tenant, application, round] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ client, signal }): Promise<FirstCall> => {
      const before = client.getQueryData<FirstCall>(queryKey);
      const params = new URLSearchParams({ tenant, application });
      if (before) params.set("after", String(before.after));
      return fetchJson<FirstCall>(`/api/calls/first?${params}`, { signal });
    },
    enabled: application !== "",
    refetchInterval: ({ state }) => (state.data?.call ? false : askEveryMs),
    refetchOnWindowFocus: ({ state }) => !state.data?.call,
    staleTime: ({ state }) => (state.data?.call ? Number.POSITIVE_INFINITY : 0),
    retry: false,
  });
}

/** Tests a stored key at one of its hosts and tells each step when it is done. */
export function testConnectivity(
  input: ConnectivityInput,
  onStep: (step: TestedStep) => void,
  signal: AbortSignal,
): Promise<void> {
  return fetchLines<TestedStep>("/api/connectivity", { method: "POST", body: input, signal }, onStep);
}
