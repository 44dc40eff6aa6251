import { querySql } from "./with-tenant.ts";

/** Read by sweepExpiredBoots and by the gateway itself: one run of a gateway. */
export async function insertBoot(boot: {
  id: string;
  instance: string;
  relayCountry: string | null;
  leaseMs: number;
}): Promise<void> {
  await querySql(
    `INSERT INTO gateway_boot (id, instance, relay_country, lease_until)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4::double precision / 1000))`,
    [boot.id, boot.instance, boot.relayCountry, boot.leaseMs],
  );
}

/** Read by the gateway: is the lease still mine? No row once the sweeper has fenced the boot. */
export async function extendLease(id: string, leaseMs: number): Promise<boolean> {
  const rows = await querySql<{ id: string }>(
    `UPDATE gateway_boot SET lease_until = now() + make_interval(secs => $2::double precision / 1000)
      WHERE id = $1 AND ended_at IS NULL AND fenced_at IS NULL RETURNING id`,
    [id, leaseMs],
  );
  return rows.length === 1;
}

/** Read by sweepExpiredBoots: a boot that ended by itself need not be waited for. */
export async function markBootEnded(id: string): Promise<void> {
  await querySql("UPDATE gateway_boot SET ended_at = now() WHERE id = $1 AND ended_at IS NULL", [id]);
}

export type ExpiredBoot = {
  readonly id: string;
  readonly relayCountry: string | null;
  readonly settled: boolean;
  readonly spooled: boolean;
};

/** Read by sweepExpiredBoots: it is within reach; by its own clock. */
export async function askServerTime(): Promise<Date> {
  const [row] = await querySql<{ at: Date }>("SELECT now() AS at");
  if (!row) throw new Error("The store did not say what time it is.");
  return row.at;
}

export type FenceQuestion = {
  /** The server's own time unless a test says another. */
  readonly now: Date | null;
  /** A boot is fenced whose lease ran out though the store could be reached at least as long as this. */
  readonly leaseMs: number;
  /** So long whoever asks has reached the store without a break. */
  readonly reachedMs: number;
  /** The server's time just before. A statement that was held up on its way says nothing of those whose leases ran out meanwhile. */
  readonly askedAt: Date;
};

/**
 * Read by sweepExpiredBoots: the boots to close, fenced from now on. `settled` where the fence is so old that no
 * insert which began before it can still be under way.
 */
export async function fenceExpiredBoots(question: FenceQuestion): Promise<ExpiredBoot[]> {
  const { now, leaseMs, reachedMs, askedAt } = question;
  await querySql(
    `UPDATE gateway_boot SET fenced_at = now()
      WHERE swept_at IS NULL AND fenced_at IS NULL AND (ended_at IS NOT NULL OR
        (lease_until < coalesce($1::timestamptz, now())
         AND make_interval(secs => $3::double precision / 1000) <= least(
           make_interval(secs => $4::double precision / 1000) + (coalesce($1::timestamptz, now()) - now()),
           coalesce($1::timestamptz, now()) - pg_postmaster_start_time())
         AND now() - $2::timestamptz < interval '3 seconds'))`,
    [now, askedAt, leaseMs, reachedMs],
  );
  return querySql<ExpiredBoot>(
    `SELECT id, relay_country AS "relayCountry", fenced_at < coalesce($1::timestamptz, now()) - interval '60 seconds' AS settled, spooled
       FROM gateway_boot WHERE swept_at IS NULL AND fenced_at IS NOT NULL ORDER BY started_at LIMIT 100`,
    [now],
  );
}

/** Read by sweepExpiredBoots: a boot with this mark is never looked at again. */
export async function markBootSwept(id: string): Promise<void> {
  await querySql("UPDATE gateway_boot SET swept_at = now() WHERE id = $1 AND swept_at IS NULL", [id]);
}
