import { queryOptions } from "@tanstack/react-query";
import type { CallDetail } from "../contracts/calls.ts";
import type { PlaygroundInput, TargetOutlook } from "../contracts/playground.ts";
import type { Problem } from "../contracts/problem.ts";
import { type CompletionEnd, readCompletionEvents } from "../contracts/read-completion-events.ts";
import { providerError } from "../core/calls/provider-error.ts";
import { fetchJson } from "./fetch-json.ts";

/** What the policy says beforehand about each target for this model. */
export function targetOutlooksQuery(tenant: string, model?: string) {
  const params = new URLSearchParams(model ? { tenant, model } : { tenant });
  return queryOptions({
    queryKey: ["playground", "outlooks", tenant, model ?? null] as const,
    queryFn: ({ signal }) => fetchJson<readonly TargetOutlook[]>(`/api/playground?${params}`, { signal }),
    staleTime: 5_000,
  });
}

/** Where the gateway says the call went, from the head of its answer. */
export type CallRoute = {
  readonly callId: string | null;
  readonly host: string | null;
  readonly region: string | null;
};

/** `stopped`: the reader stopped it. */
export type PlaygroundEnd = CompletionEnd | { readonly kind: "stopped" };

export type PlaygroundListener = {
  readonly onRoute: (route: CallRoute) => void;
  readonly onText: (text: string) => void;
};

/** Sends one prompt through the gateway and reads the answer as it comes. Never throws. */
export async function sendPrompt(
  input: PlaygroundInput,
  listener: PlaygroundListener,
  signal: AbortSignal,
): Promise<PlaygroundEnd> {
  try {
    const response = await fetch("/api/playground", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(input),
      signal,
    });
    listener.onRoute({
      callId: response.headers.get("x-domicile-call-id"),
      host: response.headers.get("x-domicile-host"),
      region: response.headers.get("x-domicile-region"),
    });
    if (!response.ok || response.body === null) return await readFailure(response);
    return await readCompletionEvents(response.body, listener.onText);
  } catch {
    return signal.aborted ? { kind: "stopped" } : { kind: "cut" };
  }
}

/** An error in OpenAI's shape (from the gateway or the provider), or a problem of our own `/api`. */
async function readFailure(response: Response): Promise<PlaygroundEnd> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return { kind: "failed", code: body.code, message: body.detail };
  const error = providerError(body);
  return {
    kind: "failed",
    code: error.code,
    message: error.message ?? `The answer was ${response.status} without a reason.`,
  };
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}

/** The call as recorded, asked for until it is there; `null` while it is not. */
export function recordedCallQuery(id: string) {
  return queryOptions({
    queryKey: ["playground", "call", id] as const,
    queryFn: ({ signal }) =>
      fetchJson<CallDetail | null>(`/api/playground/calls/${encodeURIComponent(id)}`, { signal }),
    staleTime: ({ state }) => (state.data ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) => (state.data || state.dataUpdateCount >= asksMax ? false : askEveryMs),
    refetchOnWindowFocus: false,
  });
}

const askEveryMs = 400;
/** Half a minute: after that something is wrong, and the page says so. */
export const asksMax = 75;
