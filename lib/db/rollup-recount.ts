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
  buckets,
}: {
  readonly from: string;
  readonly where: string;
  readonly attempts: string;
  readonly bounds: string;
  readonly buckets: number;
}): string {
  // A bound belongs to the bucket it closes, so one less is looked for among them: the values are whole.
  const histogram = (bucket: string) =>
    `ARRAY[${Array.from({ length: buckets }, (_, i) => `(count(*) FILTER (WHERE ${bucket} = ${i}))::int`).join(", ")}]`;
  return `SELECT c.tenant_id, c.hour, c.application_id, 'openai' AS provider, c.region_dim AS region, c.host_dim AS host,
      c.model_dim AS model, c.operation, c.verdict, c.band, c.basis, c.source, c.causes, c.simulated,
      count(*) AS calls, sum(c.attempts)::bigint AS attempts, (count(*) FILTER (WHERE c.failed)) AS errors,
      (count(*) FILTER (WHERE c.call_end = 'unknown')) AS without_end,
      (count(*) FILTER (WHERE c.would_block)) AS would_block,
      (count(*) FILTER (WHERE c.input_tokens IS NULL AND c.output_tokens IS NULL AND c.region_dim <> 'none')) AS without_tokens,
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
                 array_to_string(c.causes, ',') AS causes, c.simulated, c.call_end, c.would_block IS NOT NULL AS would_block,
                 c.call_end = 'upstream_failed' OR coalesce(c.status, 0) >= 400 AS failed,
                 c.input_tokens, c.output_tokens, c.cached_tokens, c.reasoning_tokens, c.request_bytes, c.response_bytes,
                 c.ttft_ms, ${attempts} AS attempts,
                 CASE WHEN c.call_end <> 'refused' AND c.ended_at IS NOT NULL
                      THEN greatest(0, (extract(epoch FROM c.ended_at - c.started_at) * 1000)::int) END AS duration_ms
            FROM ${from} WHERE ${where}) c) c
   GROUP BY c.tenant_id, c.hour, c.application_id, c.region_dim, c.host_dim, c.model_dim, c.operation, c.verdict, c.band,
            c.basis, c.source, c.causes, c.simulated`;
}

/** SELECT that adds hours up to days: the columns of `rollup_day`, in the order of `recountColumns`. */
export function recountDays({
  from,
  where,
  buckets,
}: {
  from: string;
  where: string;
  buckets: number;
}): string {
  const key = `r.tenant_id, (r.hour AT TIME ZONE 'UTC')::date, ${rollupDimensions.map((name) => `r.${name}`).join(", ")}`;
  const histogram = (name: string) =>
    `ARRAY[${Array.from({ length: buckets }, (_, i) => `sum(r.${name}[${i + 1}])::int`).join(", ")}] AS ${name}`;
  return `SELECT ${key}, ${rollupSums.map((name) => `sum(r.${name})::bigint AS ${name}`).join(", ")},
      ${histogram("latency")}, ${histogram("ttft")}
    FROM ${from} WHERE ${where} GROUP BY ${key}`;
}

/** The columns of a rollup in the order in which both statements answer them. */
export function recountColumns(step: "hour" | "day"): string {
  return ["tenant_id", step, ...rollupDimensions, ...rollupSums, "latency", "ttft"].join(", ");
}
