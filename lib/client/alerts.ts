import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AlertBook,
  ChangeDestinationInput,
  CreateDestinationInput,
  CreatedDestination,
  DeliveryPage,
  DeliverySearch,
  DeliverySummary,
  FailingDestination,
  NewSecret,
  RotateSecretInput,
  SentTest,
} from "../contracts/alerts.ts";
import { fetchJson } from "./fetch-json.ts";

/** Where a tenant's alerts go, asked again by itself: whether they arrive changes without anybody's doing. */
export function alertsQuery(slug: string) {
  return queryOptions({
    queryKey: ["alerts", "book", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<AlertBook>(`/api/alerts?tenant=${encodeURIComponent(slug)}`, { signal }),
    refetchInterval: 10_000,
  });
}

/** Destinations that have failed for an hour and that the reader may mend, asked again every minute while somebody looks. */
export function failingQuery(tenant: string | null) {
  const params = new URLSearchParams(tenant === null ? {} : { tenant });
  return queryOptions({
    queryKey: ["alerts", "failing", tenant] as const,
    queryFn: ({ signal }) =>
      fetchJson<readonly FailingDestination[]>(`/api/alerts/failing?${params}`, { signal }),
    refetchInterval: 60_000,
  });
}

/** What was sent, newest first. */
export function deliveriesQuery(slug: string, state: DeliverySearch["state"]) {
  return infiniteQueryOptions({
    queryKey: ["alerts", "deliveries", slug, state] as const,
    queryFn: ({ signal, pageParam }) =>
      fetchJson<DeliveryPage>(
        `/api/alerts/deliveries?${new URLSearchParams({ tenant: slug, state, ...(pageParam && { cursor: pageParam }) })}`,
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 10_000,
  });
}

/** One message, until it is known what came of it. */
export function deliveryQuery(slug: string, id: string) {
  return queryOptions({
    queryKey: ["alerts", "delivery", slug, id] as const,
    queryFn: ({ signal }) =>
      fetchJson<DeliverySummary>(
        `/api/alerts/deliveries/${encodeURIComponent(id)}?tenant=${encodeURIComponent(slug)}`,
        { signal },
      ),
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === "waiting" ? 700 : false),
  });
}

const again = (client: QueryClient) => () => client.invalidateQueries({ queryKey: ["alerts"] });

const at = (id: string, act = ""): string => `/api/alerts/destinations/${encodeURIComponent(id)}${act}`;

export function createDestination(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: CreateDestinationInput) =>
      fetchJson<CreatedDestination>("/api/alerts/destinations", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function changeDestination(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (body: ChangeDestinationInput) => fetchJson<void>(at(id), { method: "PATCH", body }),
    onSuccess: again(client),
  });
}

export function removeDestination(client: QueryClient, tenant: string) {
  return mutationOptions({
    mutationFn: (id: string) => fetchJson<void>(at(id), { method: "DELETE", body: { tenant } }),
    onSuccess: again(client),
  });
}

/** Holds a destination's messages back, or sends them again. */
export function setPaused(client: QueryClient, tenant: string) {
  return mutationOptions({
    mutationFn: ({ id, paused }: { id: string; paused: boolean }) =>
      fetchJson<void>(at(id, paused ? "/pause" : "/resume"), { method: "POST", body: { tenant } }),
    onSuccess: again(client),
  });
}

export function rotateSecret(client: QueryClient, id: string) {
  return mutationOptions({
    mutationFn: (body: RotateSecretInput) =>
      fetchJson<NewSecret>(at(id, "/secret"), { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function sendTest(tenant: string, id: string) {
  return mutationOptions({
    mutationFn: () => fetchJson<SentTest>(at(id, "/test"), { method: "POST", body: { tenant } }),
  });
}

export function retryDelivery(client: QueryClient, tenant: string) {
  return mutationOptions({
    mutationFn: (id: string) =>
      fetchJson<void>(`/api/alerts/deliveries/${encodeURIComponent(id)}/retry`, {
        method: "POST",
        body: { tenant },
      }),
    onSettled: again(client),
  });
}
