import "server-only";
import { cookies } from "next/headers";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { getToken } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { sessionSecret, webSettings } from "../env.ts";
import { log } from "../log.ts";
import { authenticatePerson } from "../services/people/authenticate-person.ts";
import { Refusal } from "../services/refusal.ts";
import { sessionLimits } from "../services/sessions/limits.ts";
import { openSession } from "../services/sessions/open-session.ts";
import { namedClient } from "./name-clients.ts";
import { readAuthRequest } from "./read-auth-request.ts";
import { wordlessError } from "./wordless-error.ts";

/**
 * The only file that knows next-auth. Its cookie, HttpOnly, SameSite=Lax, Secure under https and encrypted
 * with `NEXTAUTH_SECRET`, holds a session's token and nothing else: who that is and what he may do is read
 * from the session's row at each use.
 */
export async function handleAuth(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  return (await NextAuth((await readAuthRequest(request)) as never, context as never, options())) as Response;
}

/** The session token of this request's cookie, or null. It says nothing until `findSession` knows it. */
export async function readSessionToken(): Promise<string | null> {
  const found = await getToken({
    req: { cookies: await cookies(), headers: {} } as never,
    secret: sessionSecret(),
    secureCookie: isSecure(),
  });
  return typeof found?.session === "string" ? found.session : null;
}

const login = z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(1024) });

function options(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: sessionLimits.absoluteMs / 1000 },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      Credentials({
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (fields, request) => authorize(fields, request.headers ?? {}),
      }),
    ],
    callbacks: {
      redirect: ({ baseUrl }) => baseUrl,
      jwt: ({ token, user }) => (user ? { session: user.id } : { session: token.session }),
    },
    logger: {
      error: (code, cause) =>
        log.error({ code, err: wordlessError("error" in cause ? cause.error : cause) }, "sign-in failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Returns the session's token as the user's id: that is all that `jwt` above keeps. */
async function authorize(fields: unknown, headers: Record<string, unknown>): Promise<{ id: string } | null> {
  const parsed = login.safeParse(fields);
  if (!parsed.success) return null;
  try {
    const person = await authenticatePerson({ ...parsed.data, address: namedClient(headers) });
    if (!person) return null;
    const userAgent = typeof headers["user-agent"] === "string" ? headers["user-agent"] : "";
    const { personId, passwordHash } = person;
    const { token } = await openSession({ personId, passwordHash, userAgent });
    return { id: token };
  } catch (error) {
    // Changed or disabled while we looked: what was typed is wrong by now.
    if (error instanceof Refusal && error.code === "unauthenticated") return null;
    if (!(error instanceof Refusal)) log.error({ err: wordlessError(error) }, "sign-in failed");
    // next-auth carries an error's message to the sign-in page: only ever a code of ours.
    throw new Error(error instanceof Refusal ? error.code : "unavailable");
  }
}

function isSecure(): boolean {
  return webSettings().publicUrl.startsWith("https:");
}
