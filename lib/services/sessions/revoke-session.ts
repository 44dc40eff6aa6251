import { holderOfSession, markRevoked } from "../../db/session.ts";
import { isUuid } from "../access.ts";
import type { Actor } from "../actor.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { sessionLimits } from "./limits.ts";
import { peopleWithin } from "./list-sessions.ts";

const revoke = deploymentMutation<{ id: string; personId: string }, void>({
  who: "self",
  event: "session.revoked",
  changesConfig: false,
  run: async ({ tx, at }, { id, personId }) => {
    await markRevoked(tx, id, at);
    return { output: undefined, subject: id, detail: { personId } };
  },
});

/** Signs a session out. Its next request is refused. Others' sessions only by an admin of one of their tenants. */
export async function revokeSession(actor: Actor, sessionId: string): Promise<void> {
  const personId = isUuid(sessionId) ? await holderOfSession(sessionId, sessionLimits) : null;
  if (personId === null || !(await peopleWithin(actor)).includes(personId))
    throw new Refusal("not_found", "There is no such session, or you may not end it.");
  await revoke(actor, { id: sessionId, personId });
}
