import { checkOrigin } from "../../../../lib/auth/check-origin.ts";
import { endCurrentSession } from "../../../../lib/auth/end-current-session.ts";
import { finishSingleSignOn } from "../../../../lib/auth/finish-single-sign-on.ts";
import { handleAuth } from "../../../../lib/auth/next-auth.ts";
import { problemResponse } from "../../../../lib/auth/problem-response.ts";
import { refuseOtherMethods } from "../../../../lib/auth/refuse-other-methods.ts";
import { signInSettings } from "../../../../lib/env/sign-in-settings.ts";
import { webSettings } from "../../../../lib/env/web-settings.ts";
import { Refusal } from "../../../../lib/services/refusal.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Only what the sign-in page and the user menu use; next-auth's own pages and session endpoint are closed. */
const open = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);
/** Only where there is an identity provider. */
const openToProvider = new Set(["POST signin/oidc", "GET callback/oidc"]);

async function handle(request: Request, context: Context): Promise<Response> {
  try {
    const action = `${request.method} ${(await context.params).nextauth.join("/")}`;
    const isOpen = open.has(action) || (openToProvider.has(action) && signInSettings().oidc !== null);
    if (!isOpen) throw new Refusal("not_found", "There is nothing here.");
    if (request.method === "POST") checkOrigin(request.headers, webSettings().publicUrl);
    if (action === "POST signout") await endCurrentSession();
    if (action === "GET callback/oidc") return await finishSingleSignOn(request, context);
    return await handleAuth(request, context);
  } catch (error) {
    return problemResponse(error);
  }
}

export { handle as GET, handle as POST };

export const { PUT, PATCH, DELETE } = refuseOtherMethods("GET", "POST");
