import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { maySignIn } from "../../db/person.ts";
import { deploymentMutation } from "../mutation.ts";
import { Refusal } from "../refusal.ts";
import { hashToken, sessionLimits } from "./limits.ts";

export type OpenedSession = {
  readonly sessionId: string;
  /** 256 bits, base64url. The only copy: it goes into the signed cookie and nowhere else. */
  readonly token: string;
  readonly expiresAt: string;
};

export type OpenSessionInput = {
  readonly personId: string;
  readonly userAgent: string;
  /** What his password was checked against. */
  readonly passwordHash?: string;
};

const open = deploymentMutation<OpenSessionInput, OpenedSession>({
  who: "self",
  event: "session.opened",
  changesConfig: false,
  run: async ({ tx }, { personId, userAgent, passwordHash }) => {
    if (!(await maySignIn(tx, personId, passwordHash)))
      throw new Refusal(
        "unauthenticated",
        "Sign in again: the password was changed, or the person disabled.",
      );
    const token = randomBytes(32).toString("base64url");
    const sessionId = v7();
    const now = new Date();
    await tx.session.createMany({
      data: [
        {
          id: sessionId,
          personId,
          tokenHash: new Uint8Array(hashToken(token)),
          userAgent: userAgent.slice(0, 200),
          createdAt: now,
          lastSeenAt: now,
        },
      ],
    });
    const expiresAt = new Date(now.getTime() + sessionLimits.absoluteMs).toISOString();
    return { output: { sessionId, token, expiresAt }, subject: sessionId, detail: { personId } };
  },
});

/**
 * Signs in somebody whom `authenticatePerson` knows. Refuses who was disabled, or whose password was changed, since it was
 * checked: changing it ends sessions, also one about to be opened.
 */
export async function openSession(input: OpenSessionInput): Promise<OpenedSession> {
  return open({ kind: "system", job: "sign-in" }, input);
}
