import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { Confirmation, ConfirmInput } from "../contracts/confirmation.ts";
import { askToConfirm } from "./ask-to-confirm.ts";
import { fetchJson } from "./fetch-json.ts";

const own = "/api/session/confirmation";

/** Whether and how the reader has to show who he is, as of now. */
export function confirmationQuery() {
  return queryOptions({
    queryKey: ["session", "confirmation"] as const,
    queryFn: ({ signal }) => fetchJson<Confirmation>(own, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

export function confirmOneself() {
  return mutationOptions({
    mutationFn: (body: Partial<ConfirmInput>) => fetchJson<void>(own, { method: "POST", body }),
  });
}

/**
 * Before a browser fetches a file by itself, which shows neither a question nor a refusal. Answers whether it may; throws where
 * there is no room for it now.
 */
export async function confirmExport(): Promise<boolean> {
  const { isNeeded } = await fetchJson<Confirmation>(`${own}?before=export`);
  return !isNeeded || askToConfirm();
}
