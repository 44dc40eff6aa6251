import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { deploymentMutation } from "../mutation.ts";
import { hashToken, sessionLimits } from "./limits.ts";

export type OpenedSession = {
  readonly sessionId: string;
  /** 256 bits, base64url. The only copy: it goes into the signed cookie and nowhere else. */
  readonly token: string;
  readonly expiresAt: string;
};

const open = deploymentMutation<{ personId: string; userAgent: string }, OpenedSession>({
  who: "self",
  event: "session.opened",
  changesConfig: false,
  run: async ({ tx }, { personId, userAgent }) => {
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

/** Signs in somebody whom `authenticatePerson` knows. */
export async function openSession(input: { personId: string; userAgent: string }): Promise<OpenedSession> {
  return open({ kind: "system", job: "sign-in" }, input);
}
