import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { SessionWay } from "../../contracts/sign-in.ts";
import { maySignIn } from "../../db/person.ts";
import { isPresentIdentity } from "../../db/person-identity.ts";
import { hasSecondFactor } from "../../db/second-factor.ts";
import type { PrismaTransaction } from "../../db/with-tenant.ts";
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
  /** How he showed who he is. */
  readonly way: SessionWay;
  /** What his password was checked against. */
  readonly passwordHash?: string;
  /** Of single sign-on: whom the provider means. */
  readonly identityId?: string;
  /** When he showed it, where that was not at this moment; null: nobody says when. */
  readonly confirmedAt?: Date | null;
};

const open = deploymentMutation<OpenSessionInput, OpenedSession>({
  who: "self",
  event: "session.opened",
  changesConfig: false,
  run: async ({ tx }, input) => {
    const { personId, userAgent, way, identityId, confirmedAt } = input;
    if (!(await stillHolds(tx, input)))
      throw new Refusal(
        "unauthenticated",
        "Sign in again: the password was changed, the identity unbound, or the person disabled.",
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
          way,
          identityId,
          createdAt: now,
          lastSeenAt: now,
          confirmedAt: confirmedAt === undefined ? now : confirmedAt,
        },
      ],
    });
    const expiresAt = new Date(now.getTime() + sessionLimits.absoluteMs).toISOString();
    return { output: { sessionId, token, expiresAt }, subject: sessionId, detail: { personId, way } };
  },
});

async function stillHolds(
  tx: PrismaTransaction,
  { personId, passwordHash, way, identityId }: OpenSessionInput,
): Promise<boolean> {
  if (!(await maySignIn(tx, personId, passwordHash))) return false;
  // Also where it was enrolled since the password was looked at.
  if (way === "password" && (await hasSecondFactor(tx, personId))) return false;
  return identityId === undefined || isPresentIdentity(tx, identityId, personId);
}

/**
 * Signs in somebody who has shown who he is. Refuses who was disabled, whose password was changed or whose identity was unbound
 * since that was checked: each of it ends sessions, also one about to be opened.
 */
export async function openSession(input: OpenSessionInput): Promise<OpenedSession> {
  return open({ kind: "system", job: "sign-in" }, input);
}
