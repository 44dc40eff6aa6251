import type { UsageKind } from "../../../core/accounts/usage-kind.ts";
import type { OpenaiError } from "../openai-error.ts";
import type { CountedRequests } from "./usage-journal.ts";

/** Seconds of a bucket, and how many a page holds by itself and at most (client `openai` 7.57.0, usage.d.ts, read 2026-11-30). */
const widths: Readonly<Record<string, { seconds: number; buckets: number; max: number }>> = {
  "1m": { seconds: 60, buckets: 60, max: 1_440 },
  "1h": { seconds: 3_600, buckets: 24, max: 168 },
  "1d": { seconds: 86_400, buckets: 7, max: 31 },
};

/**
 * `GET /v1/organization/usage/<kind>`: buckets of requests, by project, model and batch where that is asked for. Counts of
 * a full hour stand in its first minute.
 */
export function usageReply(
  kind: UsageKind,
  query: URLSearchParams,
  counted: readonly CountedRequests[],
): { readonly status: number; readonly body: unknown } {
  const width = widths[query.get("bucket_width") ?? "1d"];
  const start = Number(query.get("start_time") ?? Number.NaN);
  if (!width || !Number.isInteger(start) || start < 0) return badQuery;
  const end = Number(query.get("end_time") ?? Math.ceil(Date.now() / 1_000));
  const limit = Math.min(
    Math.max(Number(query.get("limit") ?? width.buckets) || width.buckets, 1),
    width.max,
  );
  const floor = Math.floor(start / width.seconds) * width.seconds;
  const from = pageStart(query.get("page")) ?? floor;
  const rows = counted.filter(wanted(kind, query));
  const groups = listOf(query, "group_by");
  const data = [];
  let at = from;
  for (; at < end && data.length < limit; at += width.seconds) {
    const inside = rows.filter(({ hour }) => hour >= at && hour < at + width.seconds);
    data.push({
      object: "bucket",
      start_time: at,
      end_time: Math.min(at + width.seconds, end),
      results: resultsOf(kind, inside, groups),
    });
  }
  const more = at < end;
  const next_page = more ? `page_${Buffer.from(String(at)).toString("base64url")}` : null;
  return { status: 200, body: { object: "page", data, has_more: more, next_page } };
}

function wanted(kind: UsageKind, query: URLSearchParams): (row: CountedRequests) => boolean {
  const projects = listOf(query, "project_ids");
  const models = listOf(query, "models");
  const batch = query.get("batch");
  return (row) =>
    row.kind === kind &&
    row.requests > 0 &&
    (projects.length === 0 || projects.includes(row.projectId)) &&
    (models.length === 0 || models.includes(row.model)) &&
    (batch === null || batch === String(row.batch));
}

function resultsOf(kind: UsageKind, rows: readonly CountedRequests[], groups: readonly string[]) {
  const grouped = new Map<string, CountedRequests[]>();
  for (const row of rows) {
    const key = JSON.stringify([
      groups.includes("project_id") ? row.projectId : null,
      groups.includes("model") ? row.model : null,
      groups.includes("batch") && kind === "completions" ? row.batch : null,
    ]);
    grouped.set(key, [...(grouped.get(key) ?? []), row]);
  }
  return [...grouped].map(([key, members]) => {
    const [project_id, model, batch] = JSON.parse(key) as [string | null, string | null, boolean | null];
    const sum = (of: (row: CountedRequests) => number) => members.reduce((total, row) => total + of(row), 0);
    const requests = sum((row) => row.requests);
    const input_tokens = sum((row) => row.inputTokens);
    return {
      object: `organization.usage.${kind}.result`,
      num_model_requests: requests,
      project_id,
      user_id: null,
      api_key_id: null,
      model,
      ...measures(kind, { requests, input_tokens, output_tokens: sum((row) => row.outputTokens), batch }),
    };
  });
}

type Sums = {
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly batch: boolean | null;
};

/** What each kind counts beside requests. */
function measures(kind: UsageKind, { requests, input_tokens, output_tokens, batch }: Sums): object {
  switch (kind) {
    case "completions":
      return {
        input_tokens,
        output_tokens,
        input_cached_tokens: 0,
        batch,
        service_tier: null,
        api_source: null,
      };
    case "embeddings":
    case "moderations":
      return { input_tokens };
    case "images":
      return { images: requests, size: null, source: null };
    case "audio_speeches":
      return { characters: input_tokens * 4 };
    case "audio_transcriptions":
      return { seconds: requests * 2 };
  }
}

/** A list as clients write it: with brackets, or the name again and again. */
function listOf(query: URLSearchParams, name: string): string[] {
  return [...query.getAll(`${name}[]`), ...query.getAll(name)];
}

function pageStart(page: string | null): number | null {
  const start = Number(Buffer.from((page ?? "").replace(/^page_/, ""), "base64url").toString() || Number.NaN);
  return Number.isInteger(start) ? start : null;
}

const badQuery: OpenaiError = {
  status: 400,
  body: {
    error: {
      message: "Invalid query: 'start_time' is a required integer, 'bucket_width' one of 1m, 1h and 1d.",
      type: "invalid_request_error",
      param: null,
      code: null,
    },
  },
};
