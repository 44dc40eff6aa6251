import { querySql } from "./with-tenant.ts";

export type ServerSettings = {
  readonly version: number;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly synchronousCommit: string;
  readonly role: string;
  readonly superuser: boolean;
  readonly bypassesRowSecurity: boolean;
};

/** Read by checkDatabase, at the start of a process and under its own role. */
export async function readServerSettings(): Promise<ServerSettings> {
  const [row] = await querySql<ServerSettings>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
            current_setting('full_page_writes') AS "fullPageWrites", current_setting('synchronous_commit') AS "synchronousCommit",
            rolname AS role, rolsuper AS superuser, rolbypassrls AS "bypassesRowSecurity"
       FROM pg_roles WHERE rolname = current_user`,
  );
  if (!row) throw new Error("The database does not know the role of this process.");
  return row;
}
