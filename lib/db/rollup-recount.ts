import { turnedAwayStatuses } from "../core/prices/turned-away.ts";
import { packedOne } from "./packed-histogram.ts";
import { rollupDimensions, rollupSums } from "./rollup.ts";

/**
 * SELECT that counts `call c` into hours as recording does: the columns of `rollup_hour`, in the order of
 * `recountColumns`. `attempts`: how many attempts a call made, as an expression. `bounds`: a parameter or literal of the
 * histogram's bounds, integers.
 */
export function recountHours({
  from,
  where,
  attempts,
  bounds,
  end = endAsRecorded,
}: {
  readonly from: string;
  readonly where: string;
  readonly attempts: string;
  readonly bounds: string;
  readonly end?: EndColumns;
}): string {
  // A bound belongs to the bucket it closes, so one less is looked for among them: the values are whole.
  const histogram = (bucket: string) => `coalesce(sum(${packedOne(bucket)}), 0)`;
  return `SELECT c.tenant_id, c.hour, c.application_id, 'openai' AS provider, c.region_dim AS region, c.host_dim AS host,
      c.model_dim AS model, c.operation, c.verdict, c.band, c.basis, c.source, c.causes, c.simulated,
      count(*) AS calls, sum(c.attempts)::bigint AS attempts, (count(*) FILTER (WHERE c.failed)) AS errors,
      (count(*) FILTER (WHERE c.call_end = 'unknown')) AS without_end,
      (count(*) FILTER (WHERE c.would_block)) AS would_block,
      (count(*) FILTER (WHERE c.input_tokens IS NULL AND c.output_tokens IS NULL AND c.region_dim <> 'none'
                          AND coalesce(c.status, 0) <> ALL ('{${turnedAwayStatuses.join(",")}}'::int[]))) AS without_tokens,
      coalesce(sum(c.input_tokens), 0)::bigint AS input_tokens, coalesce(sum(c.output_tokens), 0)::bigint AS output_tokens,
      coalesce(sum(c.cached_tokens), 0)::bigint AS cached_tokens,
      coalesce(sum(c.reasoning_tokens), 0)::bigint AS reasoning_tokens,
      coalesce(sum(c.request_bytes), 0)::bigint AS request_bytes, coalesce(sum(c.response_bytes), 0)::bigint AS response_bytes,
      coalesce(sum(c.duration_ms), 0)::bigint AS duration_ms_sum,
      ${histogram("c.latency_bucket")} AS latency, ${histogram("c.ttft_bucket")} AS ttft
    FROM (
      SELECT c.*, width_bucket(c.duration_ms - 1, ${bounds}) AS latency_bucket, width_bucket(c.ttft_ms - 1, ${bounds}) AS ttft_bucket
        FROM (
          SELECT c.tenant_id, date_trunc('hour', c.started_at, 'UTC') AS hour, c.application_id, c.region_dim, c.host_dim,
                 c.model_dim, c.operation, c.verdict, coalesce(c.band, 'none') AS band, c.basis, c.source,
                 array_to_string(c.causes, ',') AS causes, c.simulated, ${end.callEnd} AS call_end, c.would_block IS NOT NULL AS would_block,
                 ${failed(end)} AS failed, ${end.status} AS status,
                 ${end.inputTokens} AS input_tokens, ${end.outputTokens} AS output_tokens, ${end.cachedTokens} AS cached_tokens,
                 ${end.reasoningTokens} AS reasoning_tokens, ${end.requestBytes} AS request_bytes,
                 ${end.responseBytes} AS response_bytes, ${end.ttftMs} AS ttft_ms, ${attempts} AS attempts,
                 CASE WHEN ${end.callEnd} <> 'refused' AND ${end.endedAt} IS NOT NULL
                      THEN least(greatest(0, extract(epoch FROM ${end.endedAt} - c.started_at) * 1000), 2147483647)::int END AS duration_ms
            FROM ${from} WHERE ${where}) c) c
   GROUP BY c.tenant_id, c.hour, c.application_id, c.region_dim, c.host_dim, c.model_dim, c.operation, c.verdict, c.band,
            c.basis, c.source, c.causes, c.simulated`;
}

const endNames = [
  "callEnd",
  "endedAt",
  "status",
  "inputTokens",
  "outputTokens",
  "cachedTokens",
  "reasoningTokens",
  "ttftMs",
  "requestBytes",
  "responseBytes",
] as const;

/** How a call ended, as expressions. */
export type EndColumns = Readonly<Record<(typeof endNames)[number], string>>;

/** As `call c` says. */
const endAsRecorded: EndColumns = {
  callEnd: "c.call_end",
  endedAt: "c.ended_at",
  status: "c.status",
  inputTokens: "c.input_tokens",
  outputTokens: "c.output_tokens",
  cachedTokens: "c.cached_tokens",
  reasoningTokens: "c.reasoning_tokens",
  ttftMs: "c.ttft_ms",
  requestBytes: "c.request_bytes",
  responseBytes: "c.response_bytes",
};

/** `call c` beside the end that came after it was recorded without one. */
export const callsWithLateEnds =
  "call c LEFT JOIN late_outcome l ON l.tenant_id = c.tenant_id AND l.call_id = c.id";

const late = (path: string, type: string) => `(l.record #>> '{${path}}')::${type}`;

const endAsReported: EndColumns = {
  callEnd: late("end", "text"),
  endedAt: late("endedAt", "timestamptz"),
  status: late("attempts,-1,status", "int"),
  inputTokens: late("usage,inputTokens", "bigint"),
  outputTokens: late("usage,outputTokens", "bigint"),
  cachedTokens: late("usage,cachedInputTokens", "bigint"),
  reasoningTokens: late("usage,reasoningTokens", "bigint"),
  ttftMs: late("ttftMs", "int"),
  requestBytes: late("requestBytes", "bigint"),
  responseBytes: late("responseBytes", "bigint"),
};

/** As `callsWithLateEnds` say: the late end, where there is one. */
export const lateOrRecorded = Object.fromEntries(
  endNames.map((name) => [
    name,
    `CASE WHEN l.call_id IS NULL THEN ${endAsRecorded[name]} ELSE ${endAsReported[name]} END`,
  ]),
) as EndColumns;

/** Whether a call failed, as an expression. */
export function failed(end: EndColumns): string {
  return `(${end.callEnd} = 'upstream_failed' OR coalesce(${end.status}, 0) >= 400)`;
}

/** SELECT that adds hours up to days: the columns of `rollup_day`, in the order of `recountColumns`. */
export function recountDays({ from, where }: { readonly from: string; readonly where: string }): string {
  const key = `r.tenant_id, (r.hour AT TIME ZONE 'UTC')::date, ${rollupDimensions.map((name) => `r.${name}`).join(", ")}`;
  return `SELECT ${key}, ${rollupSums.map((name) => `sum(r.${name}) AS ${name}`).join(", ")}
    FROM ${from} WHERE ${where} GROUP BY ${key}`;
}

/** The columns of a rollup in the order in which both statements answer them. */
export function recountColumns(step: "hour" | "day"): string {
  return ["tenant_id", step, ...rollupDimensions, ...rollupSums].join(", ");
}
