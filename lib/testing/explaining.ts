import type { SqlTransaction } from "../db/with-tenant.ts";

/** Runs the same statements, and puts down the server's plan of each; a setting has none. */
export function explaining(sql: SqlTransaction): { readonly sql: SqlTransaction; readonly plans: string[] } {
  const plans: string[] = [];
  return {
    plans,
    sql: {
      async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
        if (!/^\s*SET\b/.test(text)) {
          const rows = await sql.query<{ "QUERY PLAN": string }>(`EXPLAIN ${text}`, values);
          plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
        }
        return sql.query<Row>(text, values);
      },
    },
  };
}
