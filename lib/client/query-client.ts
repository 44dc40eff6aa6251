import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./fetch-json.ts";

/** One cache per browser tab; on the server one per request, never shared between readers. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server has just rendered is not asked for again on arrival.
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
      // What was sent or made may be a password or a key: it is gone with the form that asked.
      mutations: { retry: false, gcTime: 0 },
    },
  });
}

/** Refusals stay refusals; only what was unreachable or broken may work the second time. */
function isWorthRetrying(error: unknown): boolean {
  return error instanceof ProblemError && (error.problem.status === 0 || error.problem.status >= 500);
}
