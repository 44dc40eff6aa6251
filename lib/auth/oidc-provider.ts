import type { OAuthConfig, OAuthUserConfig } from "next-auth/providers/oauth";
import type { OidcSettings } from "../env/sign-in-settings.ts";

type Claims = { readonly sub: string };
type UserInfo = NonNullable<Exclude<OAuthUserConfig<Claims>["userinfo"], string>>["request"];

/**
 * The operator's identity provider as next-auth takes it: authorization code with PKCE, state and nonce. Its library, openid-client,
 * verifies the ID token's signature (RS256), issuer, audience, times and nonce (OpenID Connect Core 1.0, 3.1.3.7). That the issuer
 * is the one that was set is checked in `signInByIdentity`.
 */
export function oidcProvider({ issuer, clientId, clientSecret, name }: OidcSettings): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name,
    type: "oauth",
    issuer,
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email" } },
    userinfo: { request: addressToo },
    httpOptions: { timeout: 10_000 },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/**
 * The ID token's claims. Its e-mail address is asked for where the token has none, as Okta's has beside an access token
 * (developer.okta.com, ID token claims, read 2026-11); the library sees to it that it is the same subject's. Without an answer
 * there is no address: who is bound already signs in all the same.
 */
const addressToo: UserInfo = async ({ client, tokens }) => {
  const claims = (tokens as unknown as { claims(): Claims & { readonly email?: string } }).claims();
  const { access_token: accessToken } = tokens;
  if (claims.email !== undefined || accessToken === undefined || !client.issuer.metadata.userinfo_endpoint)
    return claims;
  const { email, email_verified } = await client
    .userinfo(tokens as never)
    .catch(() => ({ email: undefined, email_verified: undefined }));
  return { ...claims, email, email_verified };
};
