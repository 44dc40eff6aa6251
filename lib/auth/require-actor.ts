import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { unattendedHeader } from "../contracts/sessions.ts";
import { findSession, type PersonActor } from "../services/sessions/find-session.ts";
import { readSessionToken } from "./next-auth.ts";

/**
 * Who is asking, by the session's row as it stands now. A page without one goes to the sign-in page; of who must enrol a second
 * factor first, to where that is done.
 */
export const requireActor = cache(async (): Promise<PersonActor> => {
  const actor = await findActor();
  if (actor) return actor;
  if (await findEnrolling()) redirect("/second-factor");
  const path = (await headers()).get("x-domicile-path");
  redirect(path && path !== "/" ? `/login?from=${encodeURIComponent(path)}` : "/login");
});

/** The same without the redirect; asked once per request. `byItself`: a browser asks so without anybody there. */
export const findActor = cache((byItself = false) => ask(byItself, false));

/** The same, and who may do nothing yet but enrol a second factor, or leave. */
export const findEnrolling = cache((byItself = false) => ask(byItself, true));

async function ask(byItself: boolean, beforeSecondFactor: boolean): Promise<PersonActor | null> {
  const token = await readSessionToken();
  if (token === null) return null;
  // trust: whoever sets the header only shortens his own session.
  const unattended = byItself || (await headers()).has(unattendedHeader);
  return findSession(token, { unattended, beforeSecondFactor });
}
