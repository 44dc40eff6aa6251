import { OperatorError } from "../state/operator-error.ts";

/** The processes that have a role of their own in the database. Needs no package, for what runs before there are any. */
export const processRoles = ["web", "gateway", "worker", "signer"] as const;
export type ProcessRole = (typeof processRoles)[number];
export type RoleUrls = Record<ProcessRole, string>;

/** Ends in `_login`, so that in a database called `domicile` it is not the group itself. PostgreSQL cuts names at 63 bytes. */
export function loginRole(database: string, process: ProcessRole): string {
  const role = `${database}_${process}_login`;
  if (Buffer.byteLength(role) > 63)
    throw new OperatorError(`The database name ${database} is too long: at most 49 bytes.`);
  return role;
}

export function withCredentials(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
