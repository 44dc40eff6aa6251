import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type {
  BeginSecondFactorInput,
  BegunSecondFactor,
  ConfirmedSecondFactor,
  ConfirmSecondFactorInput,
  RemoveSecondFactorInput,
} from "../contracts/sign-in.ts";
import { fetchJson } from "./fetch-json.ts";

const own = "/api/session/second-factor";

const again = (client: QueryClient) => () =>
  Promise.all([
    client.invalidateQueries({ queryKey: ["sign-in"] }),
    client.invalidateQueries({ queryKey: ["sessions"] }),
  ]);

export function beginSecondFactor() {
  return mutationOptions({
    mutationFn: (body: BeginSecondFactorInput) => fetchJson<BegunSecondFactor>(own, { method: "POST", body }),
  });
}

export function confirmSecondFactor() {
  return mutationOptions({
    mutationFn: (body: ConfirmSecondFactorInput) =>
      fetchJson<ConfirmedSecondFactor>(own, { method: "PATCH", body }),
  });
}

export function removeSecondFactor(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: RemoveSecondFactorInput) => fetchJson<void>(own, { method: "DELETE", body }),
    onSuccess: again(client),
  });
}

/** Another's, for who has lost it. */
export function resetSecondFactor(client: QueryClient) {
  return mutationOptions({
    mutationFn: (personId: string) =>
      fetchJson<void>(`/api/people/${encodeURIComponent(personId)}/second-factor`, { method: "DELETE" }),
    onSuccess: again(client),
  });
}
