import { confirmedPath } from "../contracts/confirmation.ts";
import { type SignInProblem, signInProblems } from "../contracts/sign-in.ts";
import { Refusal } from "../services/refusal.ts";
import { handleAuth, isConfirming } from "./next-auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * The identity provider has sent a browser back. Whatever comes of it, the browser goes to a page of ours: where it wanted to,
 * or to the sign-in page with a code of ours; who was to show that a session is his, to where it is told to the page that asked.
 *
 * trust: the query is the provider's or anybody's. None of its text goes on.
 */
export async function finishSingleSignOn(request: Request, context: Context): Promise<Response> {
  const failed = (await isConfirming()) ? confirmedPath : "/login";
  // RFC 6749, 4.1.2.1: the person, or the provider's policy, said no.
  const { searchParams } = new URL(request.url);
  if (searchParams.has("error"))
    return toPage(failed, searchParams.get("error") === "access_denied" ? "sso_cancelled" : "sso_failed");
  try {
    const answer = await handleAuth(request, context);
    const location = URL.parse(answer.headers.get("location") ?? "", request.url);
    const isOver = answer.status === 302 && location !== null && !location.pathname.startsWith("/api/");
    return isOver ? answer : toPage(failed, problemOf(location), answer.headers);
  } catch (error) {
    if (error instanceof Refusal) return toPage(failed, "sso_failed");
    throw error;
  }
}

/** What next-auth carries to its error page: a code of ours that was thrown, or a word of its own. */
function problemOf(location: URL | null): SignInProblem {
  const said = location?.searchParams.get("error");
  return signInProblems.find((problem) => problem === said) ?? "sso_failed";
}

/** `before`: headers of the answer whose place it takes, with the cookies that it ends. */
function toPage(path: string, problem: SignInProblem, before?: Headers): Response {
  const headers = new Headers();
  for (const cookie of before?.getSetCookie() ?? []) headers.append("set-cookie", cookie);
  headers.set("location", `${path}?error=${problem}`);
  headers.set("cache-control", "no-store");
  return new Response(null, { status: 303, headers });
}
