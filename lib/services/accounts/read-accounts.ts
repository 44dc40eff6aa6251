import { type AccountOutcome, accountOutcomes, restSeconds } from "../../core/accounts/account-outcome.ts";
import { pinOfResidency } from "../../core/accounts/pin-of-residency.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { newestPinsOfSource } from "../../db/pin.ts";
import {
  type DueAccount,
  dueAccounts,
  type NamedProject,
  namedProjects,
  newestStatements,
  noteReading,
  type ProjectStatement,
  type StatedProject,
  seeStatement,
} from "../../db/provider-account.ts";
import { tenantScope, withTenantSql } from "../../db/with-tenant.ts";
import type { Actor } from "../actor.ts";
import { currentCatalog } from "../catalog/current-catalog.ts";
import { acrossTenants } from "../jobs/across-tenants.ts";
import { createTurns } from "../jobs/create-turns.ts";
import type { AskProvider } from "./ask-provider.ts";
import { pinFromResidency } from "./pin-from-residency.ts";
import { readProjects } from "./read-projects.ts";
import { readUsage } from "./read-usage.ts";
import { stateProject } from "./state-project.ts";

const rests = accountOutcomes.map((outcome) => ({ outcome, seconds: restSeconds(outcome) }));
const reader: Actor = { kind: "system", job: "read-accounts" };

/** `passMsMax`: behind it a pass begins no further account. The next one goes on, and first with what somebody wants by then. */
export type ReadingPace = { readonly passMsMax: number };

/**
 * Reads every account that is due: those that somebody wants read, and each an hour after it was asked last, or sooner
 * where what failed may be over. Of what the
 * provider could say only projects are asked for that a key of the tenant in use names, or named on days that are not settled. Answers how many accounts were
 * read and how many of them failed.
 *
 * crash: each statement and each pin is a change of its own with its event. A worker that dies between two of them leaves
 * an account that is still due, and the next reading states what is missing.
 */
export async function readAccounts(
  ask: AskProvider,
  now: Date,
  { passMsMax }: ReadingPace = { passMsMax: Number.POSITIVE_INFINITY },
): Promise<{ read: number; failed: number }> {
  const until = performance.now() + passMsMax;
  const due = await acrossTenants((sql, ids) => dueAccounts(sql, ids, { now, rests }));
  const counts = { read: 0, failed: 0 };
  const turns = createTurns();
  await turns.each(
    due,
    ({ tenantId }) => tenantId,
    async (account) => {
      if (counts.read > 0 && performance.now() >= until) return;
      counts.read += 1;
      if ((await readAccount(account, ask)) !== "ok") counts.failed += 1;
    },
  );
  turns.end();
  return counts;
}

/**
 * One reading: projects, the pins that follow from them, and usage; then what came of it. The demo's story says when it was
 * made; everybody else makes it now.
 */
export async function readAccount(account: DueAccount, ask: AskProvider, at?: Date): Promise<AccountOutcome> {
  const { tenantId, id: accountId, isWanted } = account;
  const now = () => at ?? new Date();
  const begunAt = now();
  const named = await withTenantSql(tenantScope(tenantId), (sql) => namedProjects(sql, tenantId, accountId));
  const projectIds = [...new Set(named.map(({ projectId }) => projectId))];
  const projects = await readProjects(ask, { tenantId, accountId }, projectIds);
  await keepStatements(account, projects.statements, now);
  await keepPins(
    tenantId,
    named.filter(({ isInUse }) => isInUse),
    projects.statements,
    now,
  );
  const known = projects.statements.map(({ projectId }) => projectId);
  const outcome =
    projects.outcome === "ok"
      ? await readUsage({ tenantId, accountId, projectIds: known, ask, now: now(), isWanted })
      : projects.outcome;
  await withTenantSql(tenantScope(tenantId), (sql) =>
    noteReading(sql, tenantId, { accountId, begunAt, at: now(), outcome }),
  );
  return outcome;
}

/** When something of a reading is done. */
type Clock = () => Date;

async function keepStatements(
  { tenantId, id: accountId }: DueAccount,
  statements: readonly ProjectStatement[],
  now: Clock,
): Promise<void> {
  const before = await withTenantSql(tenantScope(tenantId), (sql) => newestStatements(sql, tenantId));
  for (const statement of statements) {
    const known = before.find(
      (each) => each.accountId === accountId && each.projectId === statement.projectId,
    );
    if (known && saysTheSame(known, statement))
      await withTenantSql(tenantScope(tenantId), (sql) => seeStatement(sql, tenantId, known, now()));
    else await stateProject(reader, { tenant: tenantId, accountId, statement }, { at: now() });
  }
}

function saysTheSame(known: StatedProject, { projectId: _, ...said }: ProjectStatement): boolean {
  return (Object.keys(said) as (keyof typeof said)[]).every((name) => known[name] === said[name]);
}

/** A pin for each key of which the provider says something else than its admin API said before. */
async function keepPins(
  tenantId: string,
  named: readonly NamedProject[],
  statements: readonly ProjectStatement[],
  now: Clock,
): Promise<void> {
  const catalog: Catalog = await currentCatalog();
  const pins = await withTenantSql(tenantScope(tenantId), (sql) =>
    newestPinsOfSource(sql, tenantId, "admin_api", now()),
  );
  for (const { credentialId, projectId } of named) {
    const residency = statements.find((each) => each.projectId === projectId)?.residency ?? null;
    const pin = pinOfResidency(residency, catalog);
    const known = pins.get(credentialId);
    if (residency === null || pin === null) continue;
    if (known?.kind === pin.kind && known.region === pin.region) continue;
    const input = { tenant: tenantId, credentialId, projectId, residency, pin };
    await pinFromResidency(reader, input, { at: now() });
  }
}
