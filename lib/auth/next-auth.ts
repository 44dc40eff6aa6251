import "server-only";
import { cookies } from "next/headers";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { confirmedPath } from "../contracts/confirmation.ts";
import { ownPath } from "../contracts/sign-in.ts";
import { signInSettings } from "../env/sign-in-settings.ts";
import { sessionSecret, webSettings } from "../env/web-settings.ts";
import { log } from "../log.ts";
import { confirmByIdentity } from "../services/confirmation/confirm-by-identity.ts";
import type { IdentityClaims } from "../services/identities/claims.ts";
import { signInByIdentity } from "../services/identities/sign-in-by-identity.ts";
import { findSession } from "../services/sessions/find-session.ts";
import { sessionLimits } from "../services/sessions/limits.ts";
import { signInByPassword } from "../services/sessions/sign-in-by-password.ts";
import type { SignInOutcome } from "../services/sessions/sign-in-outcome.ts";
import { identityClaims } from "./identity-claims.ts";
import { namedClient } from "./name-clients.ts";
import { oidcFault } from "./oidc-fault.ts";
import { oidcProvider } from "./oidc-provider.ts";
import { readAuthRequest } from "./read-auth-request.ts";
import { wordlessError } from "./wordless-error.ts";

/**
 * The only file that knows next-auth. Its cookie, HttpOnly, SameSite=Lax, Secure under https and encrypted
 * with `NEXTAUTH_SECRET`, holds a session's token and nothing else: who that is and what he may do is read
 * from the session's row at each use.
 */
export async function handleAuth(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return (await NextAuth(
    (await readAuthRequest(request)) as never,
    context as never,
    options(request.headers),
  )) as Response;
}

/** The session token of this request's cookie, or null. It says nothing until `findSession` knows it. */
export async function readSessionToken(): Promise<string | null> {
  const found = await getToken({
    req: { cookies: await cookies(), headers: {} } as never,
    secret: sessionSecret(),
    secureCookie: isSecure(),
    cookieName: sessionCookie(),
  });
  return typeof found?.session === "string" ? found.session : null;
}

const login = z.object({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1024),
  code: z.string().max(100).optional(),
});

function options(headers: Headers): NextAuthOptions {
  const userAgent = headers.get("user-agent") ?? "";
  const { oidc } = signInSettings();
  return {
    secret: sessionSecret(),
    useSecureCookies: isSecure(),
    cookies: hostCookies(),
    session: { strategy: "jwt", maxAge: sessionLimits.absoluteMs / 1000 },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      Credentials({
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" }, code: { type: "text" } },
        authorize: (fields, request) => authorize(fields, namedClient(request.headers ?? {}), userAgent),
      }),
      ...(oidc === null ? [] : [oidcProvider(oidc)]),
    ],
    callbacks: {
      // trust: from a form or a cookie. Only ever a path of ours.
      redirect: ({ url, baseUrl }) => `${baseUrl}${ownPath.safeParse(pathWithin(url, baseUrl)).data ?? ""}`,
      signIn: async ({ user, account, profile }) => {
        // Who came with a password holds a session already.
        if (account?.type !== "oauth") return true;
        const claims = identityClaims(profile);
        user.id = tokenOf(
          await decided(async () => {
            if (!claims) return { kind: "refused", problem: "sso_failed" };
            return (await isConfirming()) ? confirmHeld(claims) : signInByIdentity(claims, { userAgent });
          }),
        );
        return true;
      },
      jwt: ({ token, user }) => (user ? { session: user.id } : { session: token.session }),
    },
    logger: {
      error: (code, cause) => {
        const error = "error" in cause ? cause.error : cause;
        log.error({ code, reason: oidcFault(error), err: wordlessError(error) }, "sign-in failed");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Whether this browser went to the identity provider to show who holds its session, and not to sign in. */
export async function isConfirming(): Promise<boolean> {
  const all = (await cookies()).getAll();
  const back = all.find(({ name }) => name.endsWith("next-auth.callback-url"))?.value;
  return URL.parse(back ?? "", webSettings().publicUrl)?.pathname === confirmedPath;
}

/**
 * The session stays the one it was. Where it has ended meanwhile nobody is signed in in its place: the page that asked would go on
 * as whoever that is with what another began.
 */
async function confirmHeld(claims: IdentityClaims): Promise<SignInOutcome> {
  const token = await readSessionToken();
  const actor = token === null ? null : await findSession(token);
  if (token === null || actor === null) return { kind: "refused", problem: "session_ended" };
  const problem = await confirmByIdentity(actor, claims);
  return problem === null ? { kind: "opened", token } : { kind: "refused", problem };
}

/** Returns the session's token as the user's id: that is all that `jwt` above keeps. */
async function authorize(
  fields: unknown,
  address: string | null,
  userAgent: string,
): Promise<{ id: string } | null> {
  const parsed = login.safeParse(fields);
  if (!parsed.success) return null;
  const outcome = await decided(() => signInByPassword({ ...parsed.data, address, userAgent }));
  return { id: tokenOf(outcome) };
}

/** A bug of ours is told as such, and its words stay with us. */
async function decided(signIn: () => Promise<SignInOutcome>): Promise<SignInOutcome> {
  try {
    return await signIn();
  } catch (error) {
    log.error({ err: wordlessError(error) }, "sign-in failed");
    return { kind: "refused", problem: "unavailable" };
  }
}

/** next-auth carries an error's message to the sign-in page: only ever a code of ours. */
function tokenOf(outcome: SignInOutcome): string {
  if (outcome.kind === "refused") throw new Error(outcome.problem);
  return outcome.token;
}

function pathWithin(url: string, baseUrl: string): string {
  return url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
}

/** Under https a name that no other host of the site, and no page without TLS, can set (RFC 6265bis, 4.1.3.2). */
function sessionCookie(): string {
  return `${isSecure() ? "__Host-" : ""}next-auth.session-token`;
}

/** next-auth gives that name to one of its cookies alone. None of them is for another path or domain. */
function hostCookies(): NextAuthOptions["cookies"] {
  if (!isSecure()) return undefined;
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: true } as const;
  const named = (name: string, more: object = {}) => ({
    name: `__Host-next-auth.${name}`,
    options: { ...options, ...more },
  });
  // As long as next-auth has them: a round to the identity provider.
  const round = { maxAge: 15 * 60 };
  return {
    sessionToken: { name: sessionCookie(), options },
    callbackUrl: named("callback-url"),
    pkceCodeVerifier: named("pkce.code_verifier", round),
    state: named("state", round),
    nonce: named("nonce"),
  };
}

function isSecure(): boolean {
  return webSettings().publicUrl.startsWith("https:");
}
