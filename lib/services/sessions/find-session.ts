import { findLiveSession, touchSession } from "../../db/session.ts";
import type { Actor } from "../actor.ts";
import { mustHaveSecondFactor } from "../second-factor/must-have.ts";
import { hashToken, sessionLimits } from "./limits.ts";

const touchEveryMs = 60_000;

export type PersonActor = Extract<Actor, { kind: "person" }>;

/**
 * Who holds this token, with his roles as of now; null once it is revoked, idle too long or too old. Ask on every use:
 * that is what makes a revocation hold at once. `unattended`: a timer asked, so the idle time goes on. Null as well for who must
 * enrol a second factor first, but for what is done before that (`beforeSecondFactor`).
 *
 * trust: the token comes from a cookie whose signature the caller has checked.
 */
export async function findSession(
  token: string,
  {
    unattended = false,
    beforeSecondFactor = false,
  }: { unattended?: boolean; beforeSecondFactor?: boolean } = {},
): Promise<PersonActor | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const found = await findLiveSession(hashToken(token), sessionLimits);
  if (!found) return null;
  const mustEnrol = found.way !== "single_sign_on" && !found.hasSecondFactor && mustHaveSecondFactor(found);
  if (mustEnrol && !beforeSecondFactor) return null;
  if (!unattended && Date.now() - found.lastSeenAt.getTime() > touchEveryMs) await touchSession(found.id);
  return {
    kind: "person",
    personId: found.personId,
    sessionId: found.id,
    email: found.email,
    name: found.name,
    deploymentAdmin: found.deploymentAdmin,
    memberships: found.memberships,
    confirmedAt: found.confirmedAt,
  };
}
