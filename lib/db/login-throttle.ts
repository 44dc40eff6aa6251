import { executeSql, querySql } from "./with-tenant.ts";

export type CountedAttempt = {
  readonly subject: string;
  /** In the current window, this one included. */
  readonly attempts: number;
  readonly windowStartedAt: Date;
};

/**
 * Read by countAttempt: one more attempt of each subject; a window that has passed begins anew. In one statement, so that of
 * attempts made at once each has a number of its own.
 */
export async function addAttempt(subjects: readonly string[], windowMs: number): Promise<CountedAttempt[]> {
  return querySql<CountedAttempt>(
    `INSERT INTO login_throttle (subject, failures, window_started_at) SELECT unnest($1::text[]), 1, now()
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN login_throttle.window_started_at > now() - make_interval(secs => $2::double precision / 1000)
                       THEN login_throttle.failures + 1 ELSE 1 END,
       window_started_at = CASE WHEN login_throttle.window_started_at > now() - make_interval(secs => $2::double precision / 1000)
                                THEN login_throttle.window_started_at ELSE now() END
     RETURNING subject, failures AS attempts, window_started_at AS "windowStartedAt"`,
    [[...subjects].sort(), windowMs],
  );
}

/** Read by addAttempt: one that was no failure. Of another window than it was counted in it takes nothing. */
export async function takeBackAttempt({ subject, windowStartedAt }: CountedAttempt): Promise<void> {
  await executeSql(
    `UPDATE login_throttle SET failures = failures - 1
      WHERE subject = $1 AND window_started_at = $2::timestamptz AND failures > 0`,
    [subject, windowStartedAt],
  );
}

/** Read by addAttempt: who signed in begins anew. */
export async function forgetAttempts(subject: string): Promise<void> {
  await executeSql("DELETE FROM login_throttle WHERE subject = $1", [subject]);
}

/** Read by addAttempt: windows that are long over begin anew anyhow. */
export async function forgetOldAttempts(): Promise<void> {
  await executeSql("DELETE FROM login_throttle WHERE window_started_at < now() - interval '1 day'");
}
