import type { Instrumentation } from "next";

/** Next calls this once, before the web process answers. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces it while it builds.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { nameClients } = await import("./lib/auth/name-clients.ts");
    const { headAnswers } = await import("./lib/auth/head-answers.ts");
    const { confirmedForMs, signInSettings } = await import("./lib/env/sign-in-settings.ts");
    const { webSettings } = await import("./lib/env/web-settings.ts");
    const { publicUrl, trustedHops } = webSettings();
    nameClients(trustedHops);
    headAnswers(publicUrl);
    // What is set wrongly ends the process here, and not at the first sign-in.
    signInSettings();
    confirmedForMs();
    const { refuseOtherMasterKey } = await import("./lib/auth/refuse-other-master-key.ts");
    await refuseOtherMasterKey();
  }
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // biome-ignore lint/style/noProcessEnv: as above.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { logPageError } = await import("./lib/auth/log-page-error.ts");
    logPageError(error, request.path, context.routePath);
  }
};
