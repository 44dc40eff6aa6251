import { confirmedPath } from "../contracts/confirmation.ts";
import { type SignInProblem, signInProblems } from "../contracts/sign-in.ts";
import { ProblemError } from "./fetch-json.ts";

export type SignInAnswer =
  | { readonly kind: "signed_in" }
  | { readonly kind: "refused"; readonly problem: SignInProblem };

/** Opens a session; the browser then holds its cookie. Throws `ProblemError` where nothing was decided. */
export async function signIn(given: {
  readonly email: string;
  readonly password: string;
  /** Of a second factor, once it was asked for. */
  readonly code: string;
}): Promise<SignInAnswer> {
  const response = await send("callback/credentials", given);
  if (response.ok) return { kind: "signed_in" };
  const error = (await urlOf(response))?.searchParams.get("error");
  // What was typed was no name and password at all.
  if (error === "CredentialsSignin") return { kind: "refused", problem: "wrong_password" };
  const problem = signInProblems.find((each) => each === error);
  if (problem === undefined || problem === "unavailable") throw undecided();
  return { kind: "refused", problem };
}

/**
 * Goes to the identity provider, which sends the browser back to `destination`, a path of ours, or to the sign-in page. Answers
 * only where it cannot be reached.
 */
export async function signInAtProvider(destination: string): Promise<SignInProblem | null> {
  const url = await providerUrl({ callbackUrl: destination });
  if (url === null) return "sso_unavailable";
  window.location.assign(url);
  return null;
}

/** Where the identity provider asks who somebody is, whether or not it knows him already; null: it cannot be reached. */
export function confirmUrl(): Promise<URL | null> {
  return providerUrl({ callbackUrl: confirmedPath, anew: "true" });
}

async function providerUrl(fields: Record<string, string>): Promise<URL | null> {
  const response = await send("signin/oidc", fields);
  const url = response.ok ? await urlOf(response) : null;
  return url?.origin === window.location.origin ? null : url;
}

/** Revokes the session on the server, then shows the sign-in page. */
export async function signOut(): Promise<void> {
  const response = await send("signout", {});
  if (!response.ok) throw undecided();
  window.location.assign("/login");
}

async function send(action: string, fields: Record<string, string>): Promise<Response> {
  const answer = await fetch("/api/auth/csrf").catch(() => undefined);
  if (!answer?.ok) throw undecided();
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
  const sent = await fetch(`/api/auth/${action}`, { method: "POST", body }).catch(() => undefined);
  if (!sent) throw undecided();
  return sent;
}

/** next-auth says in JSON where it would send a browser. */
async function urlOf(response: Response): Promise<URL | null> {
  const { url } = (await response.json().catch(() => ({}))) as { url?: string };
  return URL.parse(url ?? "", window.location.href);
}

function undecided(): ProblemError {
  return new ProblemError({
    type: "about:blank",
    title: "Domicile did not answer",
    status: 0,
    code: "unreachable",
    detail: "Domicile did not answer. Try again in a moment.",
  });
}
