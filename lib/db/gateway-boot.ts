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

/**
 * Read by sweepExpiredBoots: the boots to close, fenced from now on. `settled` where the fence is so old that no
 * insert which began before it can still be under way. `now` is the server's own time unless a test says another.
 */
export async function fenceExpiredBoots(now: Date | null): Promise<ExpiredBoot[]> {
  await querySql(
    `UPDATE gateway_boot SET fenced_at = now()
      WHERE swept_at IS NULL AND fenced_at IS NULL AND (ended_at IS NOT NULL OR lease_until < coalesce($1::timestamptz, now()))`,
    [now],
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
