import pg from "pg";
import { databaseSettings } from "../env.ts";

/** The lead of one job, held as long as its connection lives. */
export type JobLead = {
  /** Rises with every new leader; whoever holds a lower one has lost the lead. */
  readonly fence: number;
  /** True while the connection that holds the lock is alive and nobody has led since. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
};

/**
 * Read by the worker's jobs: takes the lead of a job or answers null where another worker has it. The lock belongs to a
 * connection of its own, past any pooler, and goes with it.
 */
export async function takeLead(job: string): Promise<JobLead | null> {
  const client = new pg.Client({
    connectionString: databaseSettings().directUrl,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: `domicile ${job}`,
  });
  // crash: when the server closes this connection the lock is gone; `isHeld` sees it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows: locked } = await client.query(
      "SELECT pg_try_advisory_lock(hashtextextended('domicile.job.' || $1, 0)) AS taken",
      [job],
    );
    if (!locked[0]?.taken) {
      await client.end();
      return null;
    }
    const { rows } = await client.query(
      `INSERT INTO job_leader (job, fence) VALUES ($1, 1)
       ON CONFLICT (job) DO UPDATE SET fence = job_leader.fence + 1, taken_at = now() RETURNING fence`,
      [job],
    );
    const fence = Number(rows[0]?.fence);
    return { fence, isHeld: () => isHeld(client, job, fence), release: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function isHeld(client: pg.Client, job: string, fence: number): Promise<boolean> {
  try {
    const { rows } = await client.query("SELECT fence FROM job_leader WHERE job = $1", [job]);
    return Number(rows[0]?.fence) === fence;
  } catch {
    return false;
  }
}
