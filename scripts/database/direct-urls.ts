import type { Settings } from "../state/settings.ts";
import { type ProcessRole, processRoles, type RoleUrls, withCredentials } from "./process-roles.ts";

/** Of the roles that reach the database through a pooler: the way past it. */
export type DirectUrls = Partial<RoleUrls>;

/**
 * Each role's own way past a pooler: the given one, else the owner's way under the role's name and password. Empty where
 * no pooler stands between, as before the embedded server.
 */
export function directUrls(
  urls: Partial<RoleUrls>,
  settings: Settings,
  env: NodeJS.ProcessEnv = process.env,
): DirectUrls {
  const direct: DirectUrls = {};
  for (const role of processRoles) {
    const url = urls[role];
    const given = env[directVariable(role)];
    if (url === undefined) continue;
    if (given) direct[role] = given;
    else if (settings.directUrl !== null) direct[role] = underRoleOf(url, settings.directUrl);
  }
  return direct;
}

export const urlVariable = (role: ProcessRole): string => `DATABASE_URL_${role.toUpperCase()}`;
export const directVariable = (role: ProcessRole): string => `DATABASE_DIRECT_URL_${role.toUpperCase()}`;

function underRoleOf(url: string, direct: string): string {
  const { username, password } = new URL(url);
  return withCredentials(direct, decodeURIComponent(username), decodeURIComponent(password));
}
