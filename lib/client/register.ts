import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  ChangeItemInput,
  RecordItemInput,
  RegisterBook,
  WithdrawItemInput,
} from "../contracts/register.ts";
import { fetchJson } from "./fetch-json.ts";

/** A tenant's register with what it lacks. */
export function registerQuery(slug: string) {
  return queryOptions({
    queryKey: ["register", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<RegisterBook>(`/api/register?tenant=${encodeURIComponent(slug)}`, { signal }),
  });
}

type Recorded = { readonly id: string; readonly version: number };
const again = (client: QueryClient) => () => client.invalidateQueries({ queryKey: ["register"] });

export function recordItem(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: RecordItemInput) => fetchJson<Recorded>("/api/register", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function changeItem(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (body: ChangeItemInput) =>
      fetchJson<Recorded>(`/api/register/${encodeURIComponent(id)}`, { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function withdrawItem(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (body: WithdrawItemInput) =>
      fetchJson<Recorded>(`/api/register/${encodeURIComponent(id)}/withdraw`, { method: "POST", body }),
    onSuccess: again(client),
  });
}
