import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayMs } from "../../core/calendar.ts";
import { createStoreWorld, type StoreTenant, type StoreWorld } from "../../testing/store-world.ts";
import { placeHold } from "../retention/request-retention.ts";
import { findSession } from "../sessions/find-session.ts";
import { deletePassed } from "./delete-passed.ts";

const now = new Date();
const ago = (days: number) => new Date(now.getTime() - days * dayMs);

let world: StoreWorld;
let bank: StoreTenant;
let held: StoreTenant;
let olga: Awaited<ReturnType<StoreWorld["addPerson"]>>;

beforeAll(async () => {
  world = await createStoreWorld();
  bank = await world.addTenant("bank");
  held = await world.addTenant("held");
  olga = await world.addPerson("olga", { bank: "officer", held: "officer" });
  const reason = "A court asked for all of it.";
  await world.as("web", () => placeHold(olga, { tenant: "held", name: "Case 7", reason }));
  for (const tenant of [bank, held]) {
    for (const days of [91, 89]) await addImport(tenant, `of ${days} days`, ago(days));
    await addImport(tenant, "under way", null);
    const reportId = await addReport(tenant);
    for (const days of [2, 0]) await addLink(tenant, reportId, ago(days));
  }
  await addSession(ago(60));
  await addSession(ago(31));
  await addSession(ago(29));
});
afterAll(() => world.drop());

const insert = (tenant: StoreTenant, text: string, values: readonly unknown[]) =>
  world.sql("owner", { read: [tenant.id], write: tenant.id }, text, values);

/** With one line in its error file. */
async function addImport(tenant: StoreTenant, name: string, endedAt: Date | null): Promise<void> {
  const id = v7();
  await insert(
    tenant,
    `INSERT INTO import_job (tenant_id, id, application_id, state, format, file_name, file_bytes, dry_run, started_by,
                             created_at, touched_at, ended_at, rejected, errors_kept)
     VALUES ($1, $2, $3, $4, 'ndjson', $5, 1, false, 'olga', now(), now(), $6, 1, 1)`,
    [tenant.id, id, tenant.applicationId, endedAt === null ? "running" : "done", name, endedAt],
  );
  await insert(
    tenant,
    `INSERT INTO import_error (tenant_id, import_id, record, line, client_id, code, message)
     VALUES ($1, $2, 1, 1, 'ana.pop@example.com', 'invalid', 'No host.')`,
    [tenant.id, id],
  );
}

async function addReport(tenant: StoreTenant): Promise<string> {
  const id = v7();
  await insert(
    tenant,
    `INSERT INTO report (tenant_id, id, state, period_from, period_to, epoch, filter, filter_words, counted, requested_at,
                         requested_name)
     VALUES ($1, $2, 'cancelled', now() - interval '1 day', now(), 1, '{}', 'All', 0, now(), 'olga')`,
    [tenant.id, id],
  );
  return id;
}

async function addLink(tenant: StoreTenant, reportId: string, expiresAt: Date): Promise<void> {
  await insert(
    tenant,
    `INSERT INTO report_link (tenant_id, token_hash, report_id, person_id, session_id, made_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6)`,
    [tenant.id, randomBytes(32), reportId, olga.personId, olga.sessionId, expiresAt],
  );
}

async function addSession(createdAt: Date): Promise<void> {
  await world.sql(
    "owner",
    {},
    `INSERT INTO session (id, person_id, token_hash, user_agent, way, created_at, last_seen_at)
     VALUES ($1, $2, $3, 'Firefox', 'password', $4, $4)`,
    [v7(), olga.personId, randomBytes(32), createdAt],
  );
}

const left = async (tenant: StoreTenant) => {
  const scope = { read: [tenant.id] };
  const imports = await world.sql<{ name: string; errors: number; lines: number }>(
    "owner",
    scope,
    `SELECT file_name AS name, errors_kept AS errors, (SELECT count(*)::int FROM import_error e
            WHERE e.tenant_id = i.tenant_id AND e.import_id = i.id) AS lines
       FROM import_job i ORDER BY file_name`,
  );
  const links = await world.sql<{ at: Date }>("owner", scope, "SELECT expires_at AS at FROM report_link");
  return { imports, links: links.length };
};

describe("what served its turn", () => {
  const all = {
    imports: [
      { name: "of 89 days", errors: 1, lines: 1 },
      { name: "of 91 days", errors: 1, lines: 1 },
      { name: "under way", errors: 1, lines: 1 },
    ],
    links: 2,
  };

  it("goes by its age, and nothing of a tenant under a legal hold", async () => {
    expect([await left(bank), await left(held)]).toEqual([all, all]);
    const gone = await world.as("worker", () => deletePassed(now));
    expect(gone).toEqual({ importErrors: 1, providerUsage: 0, reportLinks: 1, sessions: 2 });
    expect(await left(bank)).toEqual({
      imports: all.imports.map((each) =>
        each.name === "of 91 days" ? { ...each, errors: 0, lines: 0 } : each,
      ),
      links: 1,
    });
    expect(await left(held)).toEqual(all);
    expect(await world.as("worker", () => deletePassed(now))).toEqual({
      importErrors: 0,
      providerUsage: 0,
      reportLinks: 0,
      sessions: 0,
    });
  });

  it("is never the session somebody works in, nor the last one of somebody who stays away", async () => {
    expect(await world.as("web", () => findSession(olga.token))).toMatchObject({ personId: olga.personId });
    // A year later it is no live one any more, and still says when she was there last.
    expect(await world.as("worker", () => deletePassed(ago(-365)))).toMatchObject({ sessions: 1 });
    const rows = await world.sql<{ id: string }>("owner", {}, "SELECT id FROM session WHERE person_id = $1", [
      olga.personId,
    ]);
    expect(rows).toEqual([{ id: olga.sessionId }]);
    // One that was left behind by another sign-in of this very day may still be open in another browser.
    await addSession(ago(0.5));
    expect(await world.as("worker", () => deletePassed(ago(-365)))).toMatchObject({ sessions: 0 });
  });

  it("is not read by the worker: it asks for sessions to go, and sees none", async () => {
    await expect(world.sql("worker", {}, "SELECT id FROM session")).rejects.toThrow(/permission denied/);
    await expect(world.sql("worker", {}, "DELETE FROM session")).rejects.toThrow(/permission denied/);
    for (const role of ["web", "gateway", "signer"] as const)
      await expect(world.sql(role, {}, "SELECT delete_old_sessions(now())"), role).rejects.toThrow(
        /permission denied/,
      );
  });
});
