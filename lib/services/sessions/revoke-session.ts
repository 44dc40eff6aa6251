import { listLiveSessions, markRevoked } from "../../db/session.ts";
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
  const within = await listLiveSessions(await peopleWithin(actor), sessionLimits);
  const session = within.find((row) => row.id === sessionId);
  if (!session) throw new Refusal("not_found", "There is no such session, or you may not end it.");
  await revoke(actor, { id: session.id, personId: session.personId });
}
