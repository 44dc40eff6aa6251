import type { Role } from "../core/access/role.ts";

export type Membership = { readonly tenantId: string; readonly slug: string; readonly role: Role };

/** Who does something. Every verb takes one first. */
export type Actor =
  | {
      readonly kind: "person";
      readonly personId: string;
      readonly sessionId: string;
      readonly email: string;
      readonly name: string;
      /** May create tenants; sees nothing of a tenant without a membership in it. */
      readonly deploymentAdmin: boolean;
      readonly memberships: readonly Membership[];
      /** When he last showed who he is in this session; null: not that we know. */
      readonly confirmedAt: Date | null;
    }
  | { readonly kind: "gateway"; readonly bootId: string }
  /** A job of our own: the sweeper, the seed, a schedule. */
  | { readonly kind: "system"; readonly job: string };
