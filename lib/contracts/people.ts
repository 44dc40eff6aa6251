import { z } from "zod";
import { roles } from "../core/access/role.ts";
import { type TenantHead, tenantName } from "./tenants.ts";
import { line } from "./text.ts";

/** Of a password, in UTF-16 code units. */
export const passwordLength = { min: 12, max: 1024 } as const;

const email = line
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, "An e-mail address such as ann@example.com.")
  .transform((text) => text.toLowerCase());
const personName = line.trim().min(1, "Say who this is.").max(120);
const role = z.enum(roles);

export const createPersonInput = z.object({
  email,
  name: personName,
  /** May create tenants and people; sees nothing of a tenant without a membership in it. */
  deploymentAdmin: z.boolean().default(false),
});
export type CreatePersonInput = z.infer<typeof createPersonInput>;

/** Somebody new to a tenant. `name`: he cannot sign in yet, and is made here; for deployment admins only. */
export const addMemberInput = z.object({
  tenant: tenantName,
  email,
  role,
  name: personName.nullable().default(null),
});
export type AddMemberInput = z.infer<typeof addMemberInput>;

export const changeRoleInput = z.object({ tenant: tenantName, role });
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;

/** `leaving`: said by whoever removes himself. */
export const removeMemberInput = z.object({ tenant: tenantName, leaving: z.boolean().default(false) });
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;

export const changePasswordInput = z.object({
  present: z.string().min(1, "Your present password.").max(passwordLength.max),
  next: z
    .string()
    .min(passwordLength.min, `At least ${passwordLength.min} characters.`)
    .max(passwordLength.max, `At most ${passwordLength.max} characters.`),
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

/** A password is in exactly one answer, once. Null: it is the one he has. */
export type AddedMember = { readonly personId: string; readonly password: string | null };
export type CreatedPerson = { readonly personId: string; readonly password: string };
export type NewPassword = { readonly password: string };

export type MemberSummary = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** In this role. */
  readonly since: string;
  /** Null: never, as far as is known. */
  readonly lastSignInAt: string | null;
  /** May not sign in. */
  readonly isDisabled: boolean;
  /** The reader. */
  readonly isSelf: boolean;
};

/** A stretch of time in a role that is over. */
export type EndedMembership = Pick<MemberSummary, "personId" | "name" | "email" | "role" | "since"> & {
  readonly endedAt: string;
};

/** The people of a tenant as its page shows them. */
export type MemberBook = {
  readonly tenant: TenantHead;
  readonly members: readonly MemberSummary[];
  /** The newest end first. */
  readonly ended: readonly EndedMembership[];
};

export type PersonSummary = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly deploymentAdmin: boolean;
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly lastSignInAt: string | null;
  /** Of how many he is a member. */
  readonly tenants: number;
  readonly isSelf: boolean;
};
