import { z } from "zod";
import { line } from "./text.ts";

/** Why a sign-in came to nothing: what the sign-in page is told. `docs/errors.md` has a line for each. */
export const signInProblems = [
  "wrong_password",
  "too_many_attempts",
  "password_sign_in_off",
  "sso_not_bound",
  "sso_disabled",
  "sso_cancelled",
  "sso_failed",
  "sso_unavailable",
  "unavailable",
] as const;
export type SignInProblem = (typeof signInProblems)[number];

/** How a session was opened. */
export const sessionWays = ["password", "single_sign_on"] as const;
export type SessionWay = (typeof sessionWays)[number];

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

/** How the reader signs in. */
export type OwnSignIn = {
  /** Whether passwords are a way in. */
  readonly passwords: boolean;
  /** What people call the identity provider; null: there is none. */
  readonly provider: string | null;
  readonly binding: Binding | null;
};

export type PersonSignIn = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly deploymentAdmin: boolean;
  readonly isDisabled: boolean;
  readonly isSelf: boolean;
  readonly binding: Binding | null;
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
  readonly people: readonly PersonSignIn[];
  /** Who came last first. */
  readonly refused: readonly RefusedSignIn[];
};
