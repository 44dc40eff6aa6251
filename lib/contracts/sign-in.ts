import { z } from "zod";
import { passwordLength } from "./people.ts";
import { line } from "./text.ts";

/** Why a sign-in came to nothing: what the sign-in page is told. `docs/errors.md` has a line for each. */
export const signInProblems = [
  "wrong_password",
  "code_required",
  "code_wrong",
  "too_many_attempts",
  "password_sign_in_off",
  "sso_not_bound",
  "sso_disabled",
  "sso_cancelled",
  "sso_failed",
  "sso_unavailable",
  "sso_other_person",
  "sso_not_confirmed",
  "session_ended",
  "unavailable",
] as const;
export type SignInProblem = (typeof signInProblems)[number];

/** How a session was opened. */
export type SessionWay = "password" | "password_and_code" | "password_and_recovery_code" | "single_sign_on";

/** `sub` of a token: at most 255 characters (OpenID Connect Core 1.0, section 2, read 2026-11). */
export const subject = line.trim().min(1, "The subject, as the provider names it.").max(255);

export const bindIdentityInput = z.object({ subject });
export type BindIdentityInput = z.infer<typeof bindIdentityInput>;

/** A path of our own to go to after the sign-in, and nothing that a browser would take for another site. */
export const ownPath = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\\\s\p{Cc}]*$/u)
  .refine((path) => !path.startsWith("/login"));

/** What a person is at the identity provider. `email`: its verified address said so; `administrator`: somebody did. */
export type Binding = { readonly since: string; readonly by: "administrator" | "email" };

/** `admins`: of the deployment or of a tenant. */
export type SecondFactorDemand = "optional" | "admins" | "all";

const present = z.string().min(1, "Your present password.").max(passwordLength.max);
const code = z.string().trim().min(1, "The code that the app shows.").max(40);

/** What shows that somebody is who he is. */
export const proofInput = z.object({ present, code });

export const beginSecondFactorInput = proofInput.pick({ present: true });
export type BeginSecondFactorInput = z.infer<typeof beginSecondFactorInput>;
export const confirmSecondFactorInput = proofInput.pick({ code: true });
export type ConfirmSecondFactorInput = z.infer<typeof confirmSecondFactorInput>;
export type RemoveSecondFactorInput = z.infer<typeof proofInput>;

/** `secret`: base32, to be typed into an app; `uri`: the same for a picture. In this answer alone. */
export type BegunSecondFactor = { readonly secret: string; readonly uri: string };
/** In this answer alone. */
export type ConfirmedSecondFactor = { readonly recoveryCodes: readonly string[] };

/** How the reader signs in. */
export type OwnSignIn = {
  /** Whether passwords are a way in. */
  readonly passwords: boolean;
  /** What people call the identity provider; null: there is none. */
  readonly provider: string | null;
  readonly binding: Binding | null;
  readonly secondFactor: { readonly since: string; readonly recoveryCodesLeft: number } | null;
  /** Whether the operator demands one of who signs in with a password. */
  readonly mustHaveSecondFactor: boolean;
};

export type PersonSignIn = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly deploymentAdmin: boolean;
  readonly isDisabled: boolean;
  readonly isSelf: boolean;
  readonly binding: Binding | null;
  readonly hasSecondFactor: boolean;
  /** Null: never, as far as is known. */
  readonly last: { readonly at: string; readonly way: SessionWay } | null;
};

/** Somebody whom the provider knows and nobody here is bound to. All of it is the provider's word. */
export type RefusedSignIn = {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
};

/** How people sign in to the deployment, for its administrators. */
export type SignInOverview = {
  readonly passwords: boolean;
  readonly provider: {
    readonly name: string;
    readonly issuer: string;
    readonly clientId: string;
    /** What must be registered at the provider. */
    readonly redirectUri: string;
    readonly trustsEmail: boolean;
  } | null;
  /** Of whom who signs in with a password a second factor is demanded. */
  readonly secondFactor: SecondFactorDemand;
  readonly people: readonly PersonSignIn[];
  /** Who came last first. */
  readonly refused: readonly RefusedSignIn[];
};
