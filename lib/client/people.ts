import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type {
  AddedMember,
  AddMemberInput,
  ChangePasswordInput,
  ChangeRoleInput,
  CreatedPerson,
  CreatePersonInput,
  MemberBook,
  NewPassword,
  PersonSummary,
  RemoveMemberInput,
} from "../contracts/people.ts";
import { fetchJson } from "./fetch-json.ts";

/** Who is in a tenant, and who was. */
export function membersQuery(slug: string) {
  return queryOptions({
    queryKey: ["people", "members", slug] as const,
    queryFn: ({ signal }) =>
      fetchJson<MemberBook>(`/api/members?tenant=${encodeURIComponent(slug)}`, { signal }),
  });
}

/** Everybody of the deployment, for its administrators. */
export function peopleQuery() {
  return queryOptions({
    queryKey: ["people", "all"] as const,
    queryFn: ({ signal }) => fetchJson<readonly PersonSummary[]>("/api/people", { signal }),
  });
}

// A tenant's page lists its members, too.
const again = (client: QueryClient) => () =>
  Promise.all([
    client.invalidateQueries({ queryKey: ["people"] }),
    client.invalidateQueries({ queryKey: ["tenants"] }),
  ]);

export function addMember(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: AddMemberInput) => fetchJson<AddedMember>("/api/members", { method: "POST", body }),
    onSuccess: again(client),
  });
}

export function changeRole(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ personId, ...body }: ChangeRoleInput & { personId: string }) =>
      fetchJson<void>(`/api/members/${encodeURIComponent(personId)}`, { method: "PATCH", body }),
    onSuccess: again(client),
  });
}

export function removeMember(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ personId, ...body }: RemoveMemberInput & { personId: string }) =>
      fetchJson<void>(`/api/members/${encodeURIComponent(personId)}`, { method: "DELETE", body }),
    onSuccess: again(client),
  });
}

export function createPerson(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: CreatePersonInput) =>
      fetchJson<CreatedPerson>("/api/people", { method: "POST", body }),
    onSuccess: again(client),
  });
}

/** Lets a person sign in, or no more. */
export function setEnabled(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ personId, enabled }: { personId: string; enabled: boolean }) =>
      fetchJson<void>(`/api/people/${encodeURIComponent(personId)}/${enabled ? "enable" : "disable"}`, {
        method: "POST",
      }),
    onSuccess: again(client),
  });
}

/** Makes a person an administrator of the deployment, or takes that back. */
export function setAdministration(client: QueryClient) {
  return mutationOptions({
    mutationFn: ({ personId, granted }: { personId: string; granted: boolean }) =>
      fetchJson<void>(`/api/people/${encodeURIComponent(personId)}/administration`, {
        method: granted ? "POST" : "DELETE",
      }),
    onSuccess: again(client),
  });
}

export function resetPassword() {
  return mutationOptions({
    mutationFn: (personId: string) =>
      fetchJson<NewPassword>(`/api/people/${encodeURIComponent(personId)}/password`, { method: "POST" }),
  });
}

/** One's own. The other sessions end. */
export function changePassword(client: QueryClient) {
  return mutationOptions({
    mutationFn: (body: ChangePasswordInput) =>
      fetchJson<void>("/api/session/password", { method: "POST", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
