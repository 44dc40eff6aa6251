import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { PriceBook, StatedPrice, StatePriceInput, WithdrawPriceInput } from "../contracts/prices.ts";
import { fetchJson } from "./fetch-json.ts";

/** The prices that count. */
export function pricesQuery() {
  return queryOptions({
    queryKey: ["prices"] as const,
    queryFn: ({ signal }) => fetchJson<PriceBook>("/api/prices", { signal }),
  });
}

export function statePrice(client: QueryClient) {
  return change(client, (body: StatePriceInput) =>
    fetchJson<StatedPrice>("/api/prices", { method: "POST", body }),
  );
}

export function withdrawPrice(client: QueryClient) {
  return change(client, (body: WithdrawPriceInput) =>
    fetchJson<{ withdrawnAt: string }>("/api/prices/withdraw", { method: "POST", body }),
  );
}

/** A change of prices. What was counted by them is read again. */
function change<Input, Output>(client: QueryClient, mutationFn: (input: Input) => Promise<Output>) {
  return mutationOptions({
    mutationFn,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: pricesQuery().queryKey }),
        client.invalidateQueries({ queryKey: ["usage"] }),
      ]);
    },
  });
}
