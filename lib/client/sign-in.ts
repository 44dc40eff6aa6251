import { ProblemError } from "./fetch-json.ts";

export type SignInAnswer = "signed_in" | "wrong" | "too_many_attempts";

/** Opens a session; the browser then holds its cookie. Throws `ProblemError` where nothing was decided. */
export async function signIn(email: string, password: string): Promise<SignInAnswer> {
  const response = await send("callback/credentials", { email, password });
  if (response.ok) return "signed_in";
  const { url } = (await response.json().catch(() => ({}))) as { url?: string };
  const error = url ? new URL(url, window.location.href).searchParams.get("error") : null;
  if (error === "too_many_attempts") return "too_many_attempts";
  if (error === "CredentialsSignin") return "wrong";
  throw undecided();
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
  const body = new URLSearchParams({ ...fields, csrfToken, callbackUrl: "/", json: "true" });
  const sent = await fetch(`/api/auth/${action}`, { method: "POST", body }).catch(() => undefined);
  if (!sent) throw undecided();
  return sent;
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
