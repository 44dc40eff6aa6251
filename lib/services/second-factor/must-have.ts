import type { Role } from "../../core/access/role.ts";
import { signInSettings } from "../../env/sign-in-settings.ts";

type Holder = { readonly deploymentAdmin: boolean; readonly memberships: readonly { readonly role: Role }[] };

/** Whether whoever signs in with a password must have a second factor, as the operator has set it. `admins`: of the deployment or of a tenant. */
export function mustHaveSecondFactor({ deploymentAdmin, memberships }: Holder): boolean {
  const { secondFactor } = signInSettings();
  if (secondFactor !== "admins") return secondFactor === "all";
  return deploymentAdmin || memberships.some(({ role }) => role === "admin");
}
