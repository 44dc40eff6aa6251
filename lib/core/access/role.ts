/**
 * What a person is in a tenant. `developer` sees calls and makes keys; an `auditor` changes nothing, asks by comments on findings, and has
 * reports built.
 */
export type Role = "admin" | "officer" | "auditor" | "developer";

export const roles: readonly Role[] = ["admin", "officer", "auditor", "developer"];

/** `noun:verb`. A verb of `lib/services` names exactly one. */
export type Permission =
  | "call:read"
  /** Showing everybody of the tenant a view of calls that one has saved. */
  | "view:share"
  /** Handing in files of calls. */
  | "call:import"
  | "finding:read"
  | "finding:work"
  /** Saying or asking something in the history of a finding. */
  | "finding:comment"
  /** Comments on findings that are not for auditors. */
  | "finding:read_internal"
  /** Deciding about an exception that another person asked for. */
  | "exception:approve"
  | "ledger:read"
  | "tenant:read"
  | "policy:write"
  /** Approving or rejecting what another person asked for. */
  | "policy:approve"
  | "restatement:write"
  | "restatement:approve"
  | "pin:attest"
  | "application:declare"
  | "register:read"
  | "register:write"
  /** Policy of retention, holds, erasures, and what was deleted. */
  | "retention:read"
  | "retention:propose"
  | "retention:approve"
  /** Where alerts go, and what was sent there. */
  | "alert:read"
  /** Adding, changing, testing and removing destinations of alerts. */
  | "alert:write"
  /** Who changed, saw and exported what in the tenant. */
  | "trail:read"
  | "key:read"
  | "key:write"
  | "credential:write"
  | "playground:send"
  /** Having the provider asked about a stored object now. */
  | "resource:refresh"
  /** Who is in the tenant, as what, since when. */
  | "person:read"
  /** Adding people to the tenant, changing their role, removing them. */
  | "person:write"
  | "report:read"
  /** Having packs built, by schedules too, and taking them away. */
  | "report:build"
  /** Ending a schedule or cancelling a report that somebody else asked for. */
  | "report:end"
  | "session:revoke";

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  admin: [
    "call:read",
    "view:share",
    "call:import",
    "finding:read",
    "finding:work",
    "finding:comment",
    "finding:read_internal",
    "exception:approve",
    "ledger:read",
    "tenant:read",
    "policy:write",
    "policy:approve",
    "restatement:write",
    "restatement:approve",
    "pin:attest",
    "application:declare",
    "register:read",
    "register:write",
    "retention:read",
    "retention:propose",
    "retention:approve",
    "alert:read",
    "alert:write",
    "trail:read",
    "key:read",
    "key:write",
    "credential:write",
    "playground:send",
    "resource:refresh",
    "person:read",
    "person:write",
    "report:read",
    "report:build",
    "report:end",
    "session:revoke",
  ],
  officer: [
    "call:read",
    "view:share",
    "call:import",
    "finding:read",
    "finding:work",
    "finding:comment",
    "finding:read_internal",
    "exception:approve",
    "ledger:read",
    "tenant:read",
    "policy:approve",
    "restatement:write",
    "restatement:approve",
    "application:declare",
    "register:read",
    "register:write",
    "retention:read",
    "retention:propose",
    "retention:approve",
    "alert:read",
    "trail:read",
    "key:read",
    "playground:send",
    "resource:refresh",
    "person:read",
    "report:read",
    "report:build",
    "report:end",
  ],
  auditor: [
    "call:read",
    "finding:read",
    "finding:comment",
    "ledger:read",
    "tenant:read",
    "register:read",
    "retention:read",
    "alert:read",
    "trail:read",
    "key:read",
    "person:read",
    "report:read",
    "report:build",
  ],
  developer: [
    "call:read",
    "view:share",
    "call:import",
    "finding:read",
    "finding:read_internal",
    "ledger:read",
    "tenant:read",
    "key:read",
    "key:write",
    "playground:send",
    "resource:refresh",
    "report:read",
  ],
};

/** True when the role may do it in its tenant. */
export function mayInTenant(role: Role, permission: Permission): boolean {
  return granted[role].includes(permission);
}
