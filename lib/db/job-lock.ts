import pg from "pg";
import { databaseSettings } from "../env/database-settings.ts";
import { noticedDead } from "./connection.ts";
import { openStatementQueue, type StatementQueue } from "./statement-queue.ts";

/** The lead of one job, held as long as the connection of its `Leads` lives. */
export type JobLead = {
  /** Rises with every new leader; whoever holds a lower one has lost the lead. */
  readonly fence: number;
  /** True while the connection that holds the lock is alive and nobody has led since. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
};

/** The leads of one process. */
export type Leads = {
  /** The lead of a job; null where another one has it. */
  take(job: string): Promise<JobLead | null>;
  /** Gives up all of them. */
  close(): Promise<void>;
};

/** `held`: the jobs that this connection leads. A server would let it lock again what it has locked. */
type Session = {
  readonly client: pg.Client;
  readonly statements: StatementQueue;
  readonly held: Set<string>;
};

/**
 * Read by the worker's jobs. All leads of a process are tried and held over one connection, past any pooler: they go with
 * it, and the next one that is asked for opens another.
 */
export function openLeads(): Leads {
  let opened: Promise<Session> | null = null;
  const session = (): Promise<Session> => {
    if (opened !== null) return opened;
    const mine = connect(() => forget(mine));
    mine.catch(() => forget(mine));
    opened = mine;
    return mine;
  };
  const forget = (gone: Promise<Session>): void => {
    if (opened === gone) opened = null;
  };
  return {
    take: async (job) => takeLead(await session(), job),
    async close() {
      const last = opened;
      opened = null;
      await last?.then(({ client }) => client.end()).catch(() => undefined);
    },
  };
}

async function connect(gone: () => void): Promise<Session> {
  const client = new pg.Client({
    connectionString: databaseSettings().directUrl,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    ...noticedDead,
    application_name: "domicile leads",
  });
  // crash: when the server closes this connection the locks are gone; `isHeld` sees it.
  client.on("error", () => undefined);
  client.once("end", gone);
  await client.connect();
  return { client, statements: openStatementQueue(), held: new Set() };
}

async function takeLead(session: Session, job: string): Promise<JobLead | null> {
  const { held } = session;
  if (held.has(job)) return null;
  held.add(job);
  const [locked] = await ask<{ taken: boolean }>(
    session,
    "SELECT pg_try_advisory_lock(hashtextextended('domicile.job.' || $1, 0)) AS taken",
    [job],
  );
  if (!locked?.taken) {
    held.delete(job);
    return null;
  }
  const [row] = await ask<{ fence: string }>(
    session,
    `INSERT INTO job_leader (job, fence) VALUES ($1, 1)
     ON CONFLICT (job) DO UPDATE SET fence = job_leader.fence + 1, taken_at = now() RETURNING fence`,
    [job],
  );
  const fence = Number(row?.fence);
  return { fence, isHeld: () => isHeld(session, job, fence), release: () => release(session, job) };
}

async function isHeld(session: Session, job: string, fence: number): Promise<boolean> {
  if (!session.held.has(job)) return false;
  try {
    const [row] = await ask<{ fence: string }>(session, "SELECT fence FROM job_leader WHERE job = $1", [job]);
    return Number(row?.fence) === fence;
  } catch {
    return false;
  }
}

async function release(session: Session, job: string): Promise<void> {
  if (!session.held.has(job)) return;
  await ask(session, "SELECT pg_advisory_unlock(hashtextextended('domicile.job.' || $1, 0))", [job]);
  session.held.delete(job);
}

/** crash: after a statement that failed nobody knows what is locked. The connection ends, and with it every lock. */
async function ask<Row>(session: Session, text: string, values: readonly unknown[]): Promise<Row[]> {
  try {
    const { rows } = await session.statements.take(() => session.client.query(text, [...values]));
    return rows;
  } catch (error) {
    await session.client.end().catch(() => undefined);
    throw error;
  }
}
