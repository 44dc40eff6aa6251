import { randomBytes } from "node:crypto";
import type pg from "pg";
import { quoteIdentifier, withClient } from "../../scripts/database/client.ts";
import { loginRole, processRoles, type RoleUrls } from "../../scripts/database/process-roles.ts";
import { provisionRoles } from "../../scripts/database/provision-roles.ts";
import { newPassword } from "../../scripts/state/secrets.ts";
import { copyCitusTemplate, dropCitusDatabase } from "./citus-server.ts";

export type TestDatabase = {
  /** Migrates and owns; not a superuser. */
  ownerUrl: string;
  /** One per process, each with exactly the privileges that process has in production. */
  urls: RoleUrls;
  drop(): Promise<void>;
};

/**
 * A fresh migrated database of its own, copied from the template that the test runner migrated once.
 * Ask for it in `beforeAll`, and `drop()` it in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template)
    throw new Error(
      "TEST_DATABASE_URL is not set: name the file *.db.test.ts, so that the runner provides it.",
    );
  const name = `test_${randomBytes(6).toString("hex")}`;
  const templateName = decodeURIComponent(new URL(template).pathname.slice(1));
  const maintenanceUrl = withDatabase(template, "postgres");
  const ownerUrl = withDatabase(template, name);
  const cluster = process.env.CITUS_URL;
  if (cluster) await copyCitusTemplate(cluster, templateName, name);
  else
    await withClient(maintenanceUrl, (client) =>
      client.query(`create database ${quoteIdentifier(name)} template ${quoteIdentifier(templateName)}`),
    );
  const urls = await provisionRoles(ownerUrl, newPassword);
  return { ownerUrl, urls, drop: () => drop(maintenanceUrl, name) };
}

async function drop(maintenanceUrl: string, name: string): Promise<void> {
  const roles = processRoles.map((process) => quoteIdentifier(loginRole(name, process)));
  const cluster = process.env.CITUS_URL;
  if (cluster) return dropCitusDatabase(cluster, name, roles);
  await withClient(maintenanceUrl, async (client) => {
    // Membership is what allows the owner to end the sessions of these roles. It would make a signer of the owner, as whom
    // another file is looking into its own database just then: so each role leaves its group before.
    for (const process of processRoles)
      await client.query(`revoke domicile_${process} from ${quoteIdentifier(loginRole(name, process))}`);
    for (const role of roles) await client.query(`grant ${role} to current_user`);
    await dropOnce(client, name);
    for (const role of roles) await client.query(`drop role ${role}`);
  });
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Nobody but a superuser may end an autovacuum that is in the database just then; a moment later it is out of it. */
async function dropOnce(client: pg.Client, name: string, tries = 20): Promise<void> {
  try {
    await client.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== "42501" || tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 250));
    await dropOnce(client, name, tries - 1);
  }
}
