import { binaryArray } from "./binary-array.ts";
import type { CallMarks } from "./corroboration.ts";
import type { SqlTransaction } from "./with-tenant.ts";

/** `began`: when the call began whose id is told, as that id says; null: it is no id of a call of ours. */
export type SoughtCall = CallMarks & { readonly began: Date | null };

const nearMs = 15 * 60_000;

/**
 * Read by acceptCalls and joinReports: the gateway's calls that reports speak of, by the id of each report; one statement for
 * all of them.
 *
 * The call's own id is taken at its word, else the answer's, else the trace where it holds one call only. Whoever names an
 * answer means no other one, so a trace says nothing beside it. Answers and traces are looked for within a quarter of an
 * hour. The bounds of all are constants of the statement: months beyond them are not even planned.
 */
export async function findGatewayCalls(
  sql: SqlTransaction,
  tenantId: string,
  reports: readonly SoughtCall[],
): Promise<Map<string, string>> {
  const { text, values } = statementOf(tenantId, reports);
  if (text === "") return new Map();
  const found = await sql.query<{ place: number; id: string }>(text, values);
  const times = Map.groupBy(found, ({ place }) => place);
  return new Map(
    [...times].flatMap(([place, [only, ...others]]) => {
      const report = reports[place];
      return report && only && others.length === 0 ? [[report.clientId, only.id] as const] : [];
    }),
  );
}

type Sought = {
  readonly place: number;
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
};

function statementOf(tenantId: string, reports: readonly SoughtCall[]): { text: string; values: unknown[] } {
  const ids: Sought[] = [];
  const answers: Sought[] = [];
  const traces: Sought[] = [];
  for (const [place, { startedAt, gatewayCallId, providerObjectId, traceId, began }] of reports.entries()) {
    const at = Date.parse(startedAt);
    const near = { place, fromMs: at - nearMs, toMs: at + nearMs };
    if (gatewayCallId !== null) {
      const ms = began?.getTime() ?? Number.NaN;
      // An id is anybody's word: one of another year is not looked for.
      if (Math.abs(ms - at) <= 86_400_000) ids.push({ place, name: gatewayCallId, fromMs: ms, toMs: ms });
    } else if (providerObjectId !== null) answers.push({ ...near, name: providerObjectId });
    else if (traceId !== null) traces.push({ ...near, name: traceId });
  }
  const values: unknown[] = [tenantId];
  const parts: string[] = [];
  const look = (sought: readonly Sought[], column: string, type: "uuid" | "text", rest: string): void => {
    if (sought.length === 0) return;
    const given = (value: unknown): string => `$${values.push(value)}`;
    const list = (kind: "integer" | "timestamptz" | typeof type, of: (each: Sought) => unknown): string =>
      `${given(binaryArray(kind, sought.map(of)))}::${kind}[]`;
    const lists = [
      list("integer", ({ place }) => place),
      list(type, ({ name }) => name),
      list("timestamptz", ({ fromMs }) => new Date(fromMs).toISOString()),
      list("timestamptz", ({ toMs }) => new Date(toMs).toISOString()),
    ];
    const [from, to] = boundsOf(sought);
    parts.push(`SELECT told.place, found.id FROM unnest(${lists.join(", ")}) AS told (place, name, began_from, began_to)
      CROSS JOIN LATERAL (SELECT id FROM call WHERE tenant_id = $1::uuid AND ${column} = told.name AND reported IS NULL
        AND started_at BETWEEN ${given(from)}::timestamptz AND ${given(to)}::timestamptz
        AND started_at BETWEEN told.began_from AND told.began_to ${rest}) AS found`);
  };
  look(ids, "id", "uuid", "LIMIT 1");
  // An answer that was fetched again has its id on several calls: the nearest is meant.
  const middle = "told.began_from + (told.began_to - told.began_from) / 2";
  look(
    answers,
    "provider_object_id",
    "text",
    `ORDER BY abs(extract(epoch FROM started_at - (${middle}))), id LIMIT 1`,
  );
  look(traces, "trace_id", "text", "LIMIT 2");
  return { text: parts.join(" UNION ALL "), values };
}

function boundsOf(sought: readonly Sought[]): [from: Date, to: Date] {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of sought) {
    from = Math.min(from, fromMs);
    to = Math.max(to, toMs);
  }
  return [new Date(from), new Date(to)];
}
