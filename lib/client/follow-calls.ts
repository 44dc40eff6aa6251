import type { QueryClient } from "@tanstack/react-query";
import type { CallFilters } from "../contracts/call-parsers.ts";
import type { NewCalls } from "../contracts/calls.ts";
import { addToTail, type CallTail, callTailKey, type TailStart, tailParams } from "./calls.ts";

/**
 * Lets what is recorded flow into the tail as the server tells it. `onOpen` says whether it does: while it does not, the
 * tail must ask by itself. Answers how to stop; null where the browser cannot follow.
 */
export function followCallTail(
  client: QueryClient,
  filters: CallFilters,
  start: TailStart,
  onOpen: (open: boolean) => void,
): (() => void) | null {
  if (typeof EventSource === "undefined") return null;
  const queryKey = callTailKey(filters, start);
  const params = tailParams(filters, start);
  params.set("after", client.getQueryData<CallTail>(queryKey)?.cursor ?? start.cursor);
  const source = new EventSource(`/api/calls/live?${params}`);
  source.addEventListener("open", () => onOpen(true));
  // A browser tries again by itself, from the last event; only where it gave up, or the session ended, it is over.
  source.addEventListener("error", () => onOpen(false));
  source.addEventListener("ended", () => {
    source.close();
    onOpen(false);
  });
  source.addEventListener("calls", (event) => {
    const calls = JSON.parse((event as MessageEvent<string>).data) as NewCalls;
    client.setQueryData<CallTail>(queryKey, (before) =>
      addToTail(before ?? { cursor: start.cursor, items: [] }, calls),
    );
  });
  return () => source.close();
}
