import { mayInTenant, type Permission, type Role, roles } from "../../lib/core/access/role.ts";

const doing: Partial<Record<Permission, string>> = {
  "playground:send": "Sending from the playground",
  "key:write": "Making and revoking keys",
  "view:share": "Sharing a view",
  "call:import": "Importing files of calls",
  "credential:write": "Keeping provider keys",
  "pin:attest": "Attesting a pin",
  "application:declare": "Declaring an application",
  "person:write": "Adding and removing people",
  "register:read": "Reading the register",
  "register:write": "Changing the register",
  "retention:read": "Reading what is kept and deleted",
  "retention:propose": "Asking for a change of retention",
  "retention:approve": "Deciding a change of retention",
  "alert:read": "Reading where alerts go",
  "alert:write": "Changing where alerts go",
  "trail:read": "Reading the audit trail",
  "resource:refresh": "Asking the provider about an object",
  "policy:write": "Changing the policy",
  "policy:approve": "Deciding a proposed change",
  "report:end": "Ending what somebody else asked for",
  "restatement:write": "Restating calls",
  "restatement:approve": "Deciding a restatement",
  "finding:work": "Working on findings",
  "exception:approve": "Deciding an exception",
};

const roleWords: Readonly<Record<Role, string>> = {
  admin: "an admin",
  officer: "an officer",
  auditor: "an auditor",
  developer: "a developer",
};

/** Why somebody in this role may not do it, in words; null where he may. The server decides again. */
export function permissionReason(role: string, permission: Permission): string | null {
  const known = roles.find((each) => each === role);
  if (known && mayInTenant(known, permission)) return null;
  const holders = roles.filter((each) => mayInTenant(each, permission)).map((each) => roleWords[each]);
  const mine = known ? roleWords[known] : "no member";
  return `${doing[permission] ?? "This"} takes ${listOr(holders)} of the tenant. You are ${mine} here.`;
}

function listOr(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "nobody") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
