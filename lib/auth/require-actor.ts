import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { unattendedHeader } from "../contracts/sessions.ts";
import { findSession, type PersonActor } from "../services/sessions/find-session.ts";
import { readSessionToken } from "./next-auth.ts";

/** Who is asking, by the session's row as it stands now. A page without one goes to the sign-in page. */
export const requireActor = cache(async (): Promise<PersonActor> => {
  const actor = await findActor();
  if (actor) return actor;
  const path = (await headers()).get("x-domicile-path");
  redirect(path && path !== "/" ? `/login?from=${encodeURIComponent(path)}` : "/login");
});

/** The same without the redirect; asked once per request. `byItself`: a browser asks so without anybody there. */
export const findActor = cache(async (byItself = false): Promise<PersonActor | null> => {
  const token = await readSessionToken();
  if (token === null) return null;
  // trust: whoever sets the header only shortens his own session.
  return findSession(token, { unattended: byItself || (await headers()).has(unattendedHeader) });
});
