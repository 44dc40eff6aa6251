import { infiniteQueryOptions, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type FindingFilters, findingSearchParams } from "../contracts/finding-parsers.ts";
import type {
  AnalysisInput,
  AssignInput,
  CheckInput,
  CommentInput,
  ExceptionInput,
  FindingDetail,
  FindingPage,
  ResolveInput,
} from "../contracts/findings.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextPage } from "./next-page.ts";
import type { ProposalAct } from "./policies.ts";

/** The inbox behind `/findings`: by severity, then last seen. */
export function findingsQuery(filters: FindingFilters) {
  return infiniteQueryOptions({
    queryKey: ["findings", "list", filters] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = findingSearchParams(filters);
      if (pageParam !== null) nextPage(params, pageParam);
      return fetchJson<FindingPage>(`/api/findings?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function findingQuery(id: string) {
  return queryOptions({
    queryKey: ["findings", "detail", id] as const,
    queryFn: ({ signal }) => fetchJson<FindingDetail>(`/api/findings/${encodeURIComponent(id)}`, { signal }),
  });
}

export type FindingChange =
  | { readonly kind: "acknowledge"; readonly note?: string }
  | { readonly kind: "investigate"; readonly note?: string }
  | ({ readonly kind: "comment" } & CommentInput)
  | ({ readonly kind: "assign" } & AssignInput)
  | ({ readonly kind: "analyse" } & AnalysisInput)
  | ({ readonly kind: "check" } & CheckInput)
  | ({ readonly kind: "resolve" } & ResolveInput);

/** A change of one finding. Not optimistic: no step can be undone. */
export function changeFinding(client: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["findings", "change", id] as const,
    mutationFn: ({ kind, ...body }: FindingChange) =>
      fetchJson<FindingDetail>(`/api/findings/${encodeURIComponent(id)}/${kind}`, { method: "POST", body }),
    onSuccess: (finding) => changed(client, finding),
  });
}

/** Asks a second person to accept a finding until a day. */
export function requestException(client: QueryClient, id: string) {
  return mutationOptions({
    mutationKey: ["findings", "change", id] as const,
    mutationFn: (body: ExceptionInput) =>
      fetchJson<FindingDetail>(`/api/findings/${encodeURIComponent(id)}/exceptions`, {
        method: "POST",
        body,
      }),
    onSuccess: (finding) => changed(client, finding),
  });
}

/** Decides an exception that waits, or ends one that holds. */
export function decideException(client: QueryClient, id: string, exceptionId: string) {
  return mutationOptions({
    mutationKey: ["findings", "change", id] as const,
    mutationFn: ({ act, note }: { act: ProposalAct | "end"; note: string }) =>
      fetchJson<FindingDetail>(
        `/api/findings/${encodeURIComponent(id)}/exceptions/${encodeURIComponent(exceptionId)}/${act}`,
        { method: "POST", body: { note } },
      ),
    onSuccess: (finding) => changed(client, finding),
  });
}

async function changed(client: QueryClient, finding: FindingDetail): Promise<void> {
  client.setQueryData(findingQuery(finding.id).queryKey, finding);
  await Promise.all([
    client.invalidateQueries({ queryKey: ["findings", "list"] }),
    client.invalidateQueries({ queryKey: ["overview"] }),
    client.invalidateQueries({ queryKey: ["calls", "detail"] }),
  ]);
}
