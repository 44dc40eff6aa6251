import { keptSettings } from "./read-environment.ts";

export type OidcSettings = {
  /** `iss` of the provider's tokens, letter by letter. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What people call it. */
  readonly name: string;
  /** Whether an e-mail address that the provider has verified says who somebody is, the first time. */
  readonly trustsEmail: boolean;
};

/**
 * Which ways of signing in there are. `oidc` null: no single sign-on. `secondFactor`: who must show one beside his password; `admins`
 * of the deployment or of a tenant.
 */
export const signInSettings = keptSettings(
  [
    ...(["DOMICILE_OIDC_ISSUER", "DOMICILE_OIDC_CLIENT_ID", "DOMICILE_OIDC_CLIENT_SECRET"] as const),
    ...(["DOMICILE_OIDC_NAME", "DOMICILE_OIDC_TRUST_EMAIL", "DOMICILE_PASSWORD_SIGN_IN"] as const),
    "DOMICILE_SECOND_FACTOR",
  ],
  (
    env,
  ): {
    readonly oidc: OidcSettings | null;
    readonly passwords: boolean;
    readonly secondFactor: "optional" | "admins" | "all";
  } => {
    const secondFactor = env.DOMICILE_SECOND_FACTOR;
    const { DOMICILE_OIDC_ISSUER: issuer, DOMICILE_OIDC_CLIENT_ID: clientId } = env;
    const { DOMICILE_OIDC_CLIENT_SECRET: clientSecret } = env;
    const passwords = env.DOMICILE_PASSWORD_SIGN_IN === "on";
    if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
      if (issuer ?? clientId ?? clientSecret)
        throw new Error(
          "Single sign-on takes DOMICILE_OIDC_ISSUER, DOMICILE_OIDC_CLIENT_ID and DOMICILE_OIDC_CLIENT_SECRET: set all three or none.",
        );
      if (!passwords)
        throw new Error(
          "DOMICILE_PASSWORD_SIGN_IN is off and there is no single sign-on: nobody could sign in. See docs/sign-in.md, Single sign-on.",
        );
      return { oidc: null, passwords, secondFactor };
    }
    const trustsEmail = env.DOMICILE_OIDC_TRUST_EMAIL === "on";
    const name = env.DOMICILE_OIDC_NAME;
    return { oidc: { issuer, clientId, clientSecret, name, trustsEmail }, passwords, secondFactor };
  },
);

/** For how long somebody who showed who he is may do what is dangerous, in milliseconds; null: nobody is asked again. */
export const confirmedForMs = keptSettings(
  ["DOMICILE_CONFIRM_MINUTES"],
  ({ DOMICILE_CONFIRM_MINUTES: minutes }) => (minutes === "off" ? null : minutes * 60_000),
);
