import { executeSql, querySql } from "./with-tenant.ts";

/** Read by authenticatePerson: failures of these subjects in their current window. */
export async function failuresOf(
  subjects: readonly string[],
  windowMs: number,
): Promise<Map<string, number>> {
  const rows = await querySql<{ subject: string; failures: number }>(
    `SELECT subject, failures FROM login_throttle
      WHERE subject = ANY($1::text[])
        AND window_started_at > now() - make_interval(secs => $2::double precision / 1000)`,
    [subjects, windowMs],
  );
  return new Map(rows.map((row) => [row.subject, row.failures]));
}

/** Read by failuresOf: one more failure of each; a window that has passed begins anew. */
export async function countFailure(subjects: readonly string[], windowMs: number): Promise<void> {
  await executeSql(
    `INSERT INTO login_throttle (subject, failures, window_started_at) SELECT unnest($1::text[]), 1, now()
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN login_throttle.window_started_at > now() - make_interval(secs => $2::double precision / 1000)
                       THEN login_throttle.failures + 1 ELSE 1 END,
       window_started_at = CASE WHEN login_throttle.window_started_at > now() - make_interval(secs => $2::double precision / 1000)
                                THEN login_throttle.window_started_at ELSE now() END`,
    [[...subjects].sort(), windowMs],
  );
  await executeSql("DELETE FROM login_throttle WHERE window_started_at < now() - interval '1 day'");
}

/** Read by failuresOf: who signed in begins anew. */
export async function forgetFailures(subject: string): Promise<void> {
  await executeSql("DELETE FROM login_throttle WHERE subject = $1", [subject]);
}
