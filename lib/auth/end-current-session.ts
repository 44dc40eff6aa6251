import "server-only";
import { revokeSession } from "../services/sessions/revoke-session.ts";
import { findEnrolling } from "./require-actor.ts";

/** Revokes the session of this request, so that a copy of its cookie is worth nothing. Nothing to do without one. */
export async function endCurrentSession(): Promise<void> {
  const actor = await findEnrolling();
  if (actor) await revokeSession(actor, actor.sessionId);
}
